using Microsoft.AspNetCore.Http;

namespace Boreal.Ingress.Routing;

/// <summary>Where connections arrive, as seen by their requests.</summary>
internal interface IEntry
{
    /// <summary>Whose request it is.</summary>
    RouteMatch Find(string host, PathString path);
}
