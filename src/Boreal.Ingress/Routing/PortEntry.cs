using Boreal.Ingress.Backends;
using Microsoft.AspNetCore.Http;

namespace Boreal.Ingress.Routing;

/// <summary>A published port: all of it is one service's.</summary>
internal sealed class PortEntry(Upstream upstream) : IEntry
{
    private volatile Upstream _upstream = upstream;

    public void Lead(Upstream other) => _upstream = other;

    public RouteMatch Find(string host, PathString path) => new(_upstream);
}
