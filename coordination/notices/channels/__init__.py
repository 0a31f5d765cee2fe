"""How an e-mail leaves the portal, and how sure we are that it did."""
