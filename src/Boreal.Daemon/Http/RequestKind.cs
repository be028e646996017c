namespace Boreal.Daemon.Http;

/// <summary>Requests that are counted together: a method and a route's template.</summary>
internal readonly record struct RequestKind(string Method, string Template)
{
    /// <summary>What no route fits.</summary>
    public static readonly RequestKind Unrouted = new("", "");
}
