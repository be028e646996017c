namespace Boreal.Daemon.Http;

/// <summary>All routes, filled once at start. Paths are without the version prefix: <c>/containers/{id}/json</c>.</summary>
internal sealed class RouteTable
{
    private readonly Dictionary<string, List<Route>> _routes = [];

    public void Get(string template, RequestDelegate handler) => Add("GET", template, handler);

    public void Head(string template, RequestDelegate handler) => Add("HEAD", template, handler);

    public void Post(string template, RequestDelegate handler) => Add("POST", template, handler);

    public void Put(string template, RequestDelegate handler) => Add("PUT", template, handler);

    public void Delete(string template, RequestDelegate handler) => Add("DELETE", template, handler);

    /// <summary>Several routes (<c>GET /swarm</c>) with one handler.</summary>
    public void AddAll(IEnumerable<string> methodsAndTemplates, RequestDelegate handler)
    {
        foreach (var entry in methodsAndTemplates)
        {
            var space = entry.IndexOf(' ');
            Add(entry[..space], entry[(space + 1)..], handler);
        }
    }

    public void Add(string method, string template, RequestDelegate handler)
    {
        var route = new Route(template, handler);
        var key = Key(method, FirstSegment(template));
        if (!_routes.TryGetValue(key, out var list))
            _routes[key] = list = [];
        if (list.Exists(other => other.Template == template))
            throw new InvalidOperationException($"the route {method} {template} is mapped twice");
        // Stable: among equals the one mapped first wins.
        var place = list.FindIndex(other => other.Literals < route.Literals);
        list.Insert(place < 0 ? list.Count : place, route);
    }

    public (Route Route, string[] Values)? Find(string method, string path)
    {
        if (!_routes.TryGetValue(Key(method, FirstSegment(path)), out var list))
            return null;
        var segments = path[1..].Split('/');
        // Only a template that ends in a slash means a path that does.
        if (Array.IndexOf(segments, "") >= 0)
            return list.Find(route => route.Template == path) is { } exact ? (exact, []) : null;
        foreach (var route in list)
        {
            if (route.Match(segments) is { } values)
                return (route, values);
        }
        return null;
    }

    private static string Key(string method, string segment) => $"{method} {segment}";

    private static string FirstSegment(string path)
    {
        var end = path.IndexOf('/', 1);
        return end < 0 ? path : path[..end];
    }
}
