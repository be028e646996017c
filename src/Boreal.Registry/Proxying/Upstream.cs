using Boreal.Oci.Distribution;
using Boreal.Oci.Distribution.Hosts;
using Boreal.Oci.References;
using Boreal.Registry.Errors;
using Boreal.Registry.Repositories;
using Microsoft.AspNetCore.Http;

namespace Boreal.Registry.Proxying;

/// <summary>The registry behind the cache, and how it is doing: one that is away is not asked by everybody.</summary>
internal sealed class Upstream(ProxyOptions options, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan AwayWhenUnreachable = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan AwayWhenLimited = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestAway = TimeSpan.FromMinutes(10);

    // A client of ours waits while we do: it is better told soon.
    private readonly RegistryClient _client = new(
        new RegistryHosts(options.Hosts),
        new RegistryClientOptions
        {
            UserAgent = "boreal-registry",
            ConnectTimeout = TimeSpan.FromSeconds(5),
            AnswerTimeout = TimeSpan.FromSeconds(20),
            Attempts = 3,
            LongestRetryAfter = TimeSpan.FromSeconds(2),
        },
        clock);
    private long _awayUntil;

    public string Name => options.Upstream;

    /// <summary>Was not there, or had enough of us, a moment ago.</summary>
    public bool IsAway => clock.GetUtcNow().UtcTicks < Interlocked.Read(ref _awayUntil);

    public Boreal.Oci.Distribution.Repository Open(RepositoryName repository) =>
        ImageReference.TryParse($"{options.Upstream}/{repository}", out var reference) && reference is not null
            ? _client.Open(reference, options.Credentials)
            : throw RegistryException.NameUnknown(repository.Value);

    /// <summary>Remembers what a failure says about the next requests.</summary>
    public void Note(DistributionException failure)
    {
        var pause = failure switch
        {
            { Kind: DistributionErrorKind.TooManyRequests } => failure.RetryAfter ?? AwayWhenLimited,
            { Kind: DistributionErrorKind.Unavailable } => AwayWhenUnreachable,
            _ => TimeSpan.Zero,
        };
        if (pause > TimeSpan.Zero)
            Interlocked.Exchange(ref _awayUntil, (clock.GetUtcNow() + (pause < LongestAway ? pause : LongestAway)).UtcTicks);
    }

    /// <summary>What our client is told when we have nothing of our own to give.</summary>
    public RegistryException Explain(DistributionException failure)
    {
        var message = $"{options.Upstream} says: {failure.Message}";
        return failure.Kind switch
        {
            DistributionErrorKind.NotFound => new RegistryException(RegistryErrorCode.NameUnknown, message),
            DistributionErrorKind.Unauthorized or DistributionErrorKind.Denied => new RegistryException(RegistryErrorCode.Denied, message) { Detail = options.Upstream },
            DistributionErrorKind.TooManyRequests => new RegistryException(RegistryErrorCode.TooManyRequests, message)
            {
                Headers = headers => headers.RetryAfter = $"{(long)(failure.RetryAfter ?? AwayWhenLimited).TotalSeconds}",
            },
            _ => new RegistryException(RegistryErrorCode.Unknown, message, StatusCodes.Status502BadGateway),
        };
    }

    public void Dispose() => _client.Dispose();
}
