using System.Net.Security;
using Boreal.Ingress.Certificates;
using Microsoft.AspNetCore.Http;

namespace Boreal.Ingress.Routing;

/// <summary>Where requests for all routes arrive.</summary>
internal sealed class SharedEntry : IEntry, ICertificateChoice
{
    private volatile RouteTable _table = RouteTable.Empty;

    public void Set(RouteTable table) => _table = table;

    public RouteMatch Find(string host, PathString path) => _table.Find(host, path.Value ?? "/");

    SslServerAuthenticationOptions? ICertificateChoice.Find(string host) => _table.CertificateFor(host)?.Find(host);
}
