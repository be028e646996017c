namespace Boreal.Registry.Routing;

/// <summary>What a path is about.</summary>
internal enum RouteKind
{
    Ping,
    Catalog,
    Discovery,
    Collection,
    Tags,
    Manifest,
    Blob,
    Uploads,
    Upload,
    Referrers,
}
