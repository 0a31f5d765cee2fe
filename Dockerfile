# The portal's own code for web, worker, beat and the migrate job of docker-compose.yml.
FROM python:3.11-slim-bookworm

RUN useradd --create-home --uid 1000 portal && install -d -o portal /srv/portal /data
WORKDIR /srv/portal
USER portal

# The packages change seldom and come first, so that a change of the code alone is a quick build.
COPY --chown=portal portal.py ./
COPY --chown=portal ikm_portal/__init__.py ikm_portal/
COPY --chown=portal ikm_portal/embedded ikm_portal/embedded
COPY --chown=portal requirements requirements
RUN python3 portal.py install

COPY --chown=portal . .
ENV IKM_DATA=/data
VOLUME /data
EXPOSE 8000
CMD ["python3", "portal.py", "run", "web"]
