using System.Diagnostics;

namespace Boreal.Build.Builds;

/// <summary>Builds and their steps, for who traces.</summary>
internal static class BuildSpans
{
    private static readonly ActivitySource Source = new("Boreal.Build");

    public static async Task<T> DoAsync<T>(string kind, string subject, Func<Task<T>> work)
    {
        using var span = Source.StartActivity(kind);
        span?.SetTag("boreal.subject", subject);
        try
        {
            return await work();
        }
        catch (Exception exception)
        {
            span?.SetStatus(ActivityStatusCode.Error, exception.Message);
            throw;
        }
    }
}
