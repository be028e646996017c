namespace Boreal.Daemon.Metrics;

/// <summary>A service's id, <c>app/service</c>, as two labels.</summary>
internal static class ServiceLabels
{
    public static (string App, string Service) Of(string id)
    {
        var slash = id.IndexOf('/');
        return (id[..Math.Max(slash, 0)], id[(slash + 1)..]);
    }
}
