# A .NET SDK image out of the SDK and the certificates of this machine:
#   --build-context dotnet=FOLDER_OF_DOTNET --build-context certificates=/etc/ssl/certs
FROM debian:bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends libicu72 libssl3 libstdc++6 zlib1g \
 && rm -rf /var/lib/apt/lists/*
COPY --from=certificates ca-certificates.crt /etc/ssl/certs/
COPY --from=dotnet dotnet /usr/share/dotnet/
COPY --from=dotnet host /usr/share/dotnet/host
COPY --from=dotnet shared /usr/share/dotnet/shared
COPY --from=dotnet sdk /usr/share/dotnet/sdk
COPY --from=dotnet packs* /usr/share/dotnet/packs
# Where no revocation list can be reached, packages are trusted without one.
ENV PATH=$PATH:/usr/share/dotnet DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 NUGET_CERT_REVOCATION_MODE=offline
