namespace Boreal.Registry.Routing;

/// <summary>A path, taken apart. The repository's name and the tag, digest or upload are still the client's text, empty where the path has none.</summary>
internal readonly record struct RegistryRoute(RouteKind Kind, string Name = "", string Reference = "")
{
    private const string Prefix = "/v2/";

    /// <summary>The route of a path, read from its end: a repository's name has slashes, and words of the protocol too.</summary>
    public static RegistryRoute? Match(string path)
    {
        if (path is "/v2")
            return new RegistryRoute(RouteKind.Ping);
        if (!path.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        var rest = path[Prefix.Length..];
        return rest switch
        {
            "" => new RegistryRoute(RouteKind.Ping),
            "_catalog" => new RegistryRoute(RouteKind.Catalog),
            "_oci/ext/discover" => new RegistryRoute(RouteKind.Discovery),
            "_boreal/gc" => new RegistryRoute(RouteKind.Collection),
            _ => MatchRepository(rest),
        };
    }

    private static RegistryRoute? MatchRepository(string rest)
    {
        if (rest.EndsWith("/tags/list", StringComparison.Ordinal))
            return new RegistryRoute(RouteKind.Tags, rest[..^"/tags/list".Length]);
        if (rest.EndsWith("/_oci/ext/discover", StringComparison.Ordinal))
            return new RegistryRoute(RouteKind.Discovery, rest[..^"/_oci/ext/discover".Length]);
        var last = rest.LastIndexOf('/');
        if (last <= 0)
            return null;
        var (parent, reference) = (rest[..last], rest[(last + 1)..]);
        if (Under(parent, "/blobs/uploads") is { } uploads)
            return reference.Length == 0 ? new RegistryRoute(RouteKind.Uploads, uploads) : new RegistryRoute(RouteKind.Upload, uploads, reference);
        if (Under(parent, "/blobs") is { } blobs)
            return reference == "uploads" ? new RegistryRoute(RouteKind.Uploads, blobs) : new RegistryRoute(RouteKind.Blob, blobs, reference);
        if (Under(parent, "/manifests") is { } manifests)
            return new RegistryRoute(RouteKind.Manifest, manifests, reference);
        return Under(parent, "/referrers") is { } referrers ? new RegistryRoute(RouteKind.Referrers, referrers, reference) : null;
    }

    private static string? Under(string path, string end) =>
        path.Length > end.Length && path.EndsWith(end, StringComparison.Ordinal) ? path[..^end.Length] : null;
}
