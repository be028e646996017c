namespace Boreal.Oci.Distribution;

/// <summary>How patient a client is, and what it calls itself.</summary>
public sealed record RegistryClientOptions
{
    public string UserAgent { get; init; } = "boreal";

    /// <summary>For a TCP or TLS connection.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>For the head of an answer.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>For the answer after an upload's last byte: registries hash and move the content then.</summary>
    public TimeSpan UploadAnswerTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A transfer without a single byte for so long is broken off and tried again.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Tries in a row without progress before a transfer or request is given up.</summary>
    public int Attempts { get; init; } = 7;

    /// <summary>Before the second try; doubled for each further one.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest time waited on a registry's request (<c>Retry-After</c>); longer ones fail at once.</summary>
    public TimeSpan LongestRetryAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Where requests go through; null for a direct connection.</summary>
    public System.Net.IWebProxy? Proxy { get; init; } = Transport.EnvironmentProxy.FromEnvironment();
}
