namespace Boreal.Daemon.Http;

/// <summary>What routing found out about a request; a feature of its HttpContext.</summary>
internal sealed class RoutedRequest(ApiVersion version, Route route, string[] values)
{
    public ApiVersion Version { get; } = version;

    public string Value(string placeholder) => values[route.IndexOf(placeholder)];
}
