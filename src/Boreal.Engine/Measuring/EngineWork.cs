using System.Collections.Concurrent;
using System.Diagnostics;

namespace Boreal.Engine.Measuring;

/// <summary>Counts and times what the engine does, and tells who traces. Where nobody does, a unit of work costs two looks at a clock.</summary>
public sealed class EngineWork(TimeProvider time)
{
    /// <summary>Of every span that the engine makes.</summary>
    public const string SourceName = "Boreal.Engine";

    private static readonly ActivitySource Source = new(SourceName);

    private readonly ConcurrentDictionary<string, WorkTally> _tallies = new(StringComparer.Ordinal);

    /// <summary>By kind, as <c>container.start</c>; only what has been done at least once.</summary>
    public IReadOnlyDictionary<string, WorkTally> Tallies => _tallies;

    /// <summary>Does the work.</summary>
    /// <param name="kind">A noun and what is done to it: <c>container.start</c>.</param>
    /// <param name="subject">Which one, for traces.</param>
    /// <param name="work">What is to be done.</param>
    public async Task<T> DoAsync<T>(string kind, string subject, Func<Task<T>> work)
    {
        using var activity = Source.StartActivity(kind);
        activity?.SetTag("boreal.subject", subject);
        var tally = _tallies.GetOrAdd(kind, static _ => new WorkTally());
        var began = time.GetTimestamp();
        try
        {
            return await work();
        }
        catch (Exception exception)
        {
            tally.AddFailure();
            activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
            throw;
        }
        finally
        {
            tally.Durations.Add(time.GetElapsedTime(began));
        }
    }

    public Task DoAsync(string kind, string subject, Func<Task> work) => DoAsync(kind, subject, async () =>
    {
        await work();
        return true;
    });
}
