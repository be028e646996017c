using System.Net.Security;
using Boreal.Ingress.Backends;
using Boreal.Ingress.Certificates;
using Microsoft.AspNetCore.Http;

namespace Boreal.Ingress.Routing;

/// <summary>A published port: all of it is one service's.</summary>
internal sealed class PortEntry(Upstream upstream, ICertificateChoice? certificate) : IEntry, ICertificateChoice
{
    private volatile Upstream _upstream = upstream;
    private volatile ICertificateChoice? _certificate = certificate;

    public void Lead(Upstream other, ICertificateChoice? certificate) => (_upstream, _certificate) = (other, certificate);

    public RouteMatch Find(string host, PathString path) => new(_upstream);

    SslServerAuthenticationOptions? ICertificateChoice.Find(string host) => _certificate?.Find(host);
}
