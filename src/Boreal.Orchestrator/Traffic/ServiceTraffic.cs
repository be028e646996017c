using System.Collections.Immutable;

namespace Boreal.Orchestrator.Traffic;

/// <summary>
/// What an ingress saw of a service since it first heard of it: numbers that only grow, except <see cref="InFlight"/>. Immutable; two
/// of them say what happened in between.
/// </summary>
public sealed record ServiceTraffic
{
    /// <summary><c>app/service</c>.</summary>
    public required string Service { get; init; }

    /// <summary>Requests that came.</summary>
    public long Began { get; init; }

    /// <summary>Requests under way, open WebSockets among them.</summary>
    public long InFlight { get; init; }

    /// <summary>Answers by the first digit of their status: element 0 counts 1xx, element 4 counts 5xx, those of the ingress itself included.</summary>
    public ImmutableArray<long> Answers { get; init; } = [0, 0, 0, 0, 0];

    /// <summary>Requests whose client went away before the answer began.</summary>
    public long Abandoned { get; init; }

    /// <summary>Requests that were tried on another backend because one could not be reached.</summary>
    public long Retried { get; init; }

    /// <summary>The times of all requests together, those under way up to now: divided by a while, the requests under way on average in it.</summary>
    public TimeSpan Busy { get; init; }

    /// <summary>Until answers began, without those that switched to another protocol.</summary>
    public ResponseTimes Times { get; init; } = ResponseTimes.None;

    /// <summary>Requests that ended or whose answer began.</summary>
    public long Answered => Answers.Sum();

    public long Failed => Answers[^1];
}
