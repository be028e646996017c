namespace Boreal.Daemon.Http;

/// <summary>What routing found out about a request; a feature of its HttpContext.</summary>
internal sealed class RoutedRequest(ApiVersion version, Route route, string[] values)
{
    public ApiVersion Version { get; } = version;

    /// <summary>The template that the path fits.</summary>
    public string Template => route.Template;

    public string Value(string placeholder) => values[route.IndexOf(placeholder)];
}
