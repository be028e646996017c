using System.Net.Http.Headers;
using Boreal.Oci.Distribution.Tokens;

namespace Boreal.Oci.Distribution.Transport;

/// <summary>What is to be asked; an HTTP message is made of it for each try and each redirect.</summary>
internal sealed record RegistryRequest
{
    public required HttpMethod Method { get; init; }

    /// <summary>Below the endpoint's root (<c>library/busybox/tags/list?n=5</c>), or an absolute or rooted address the registry itself gave.</summary>
    public required string Target { get; init; }

    public IReadOnlyList<TokenScope> Scopes { get; init; } = [];

    public string? Accept { get; init; }

    /// <summary>First byte wanted of a blob.</summary>
    public long From { get; init; }

    /// <summary>Makes a new body for each sending; the patience given is extended as it goes out.</summary>
    public Func<Patience, HttpContent>? Content { get; init; }

    /// <summary>Asking twice does no harm, so failures of the moment are tried again.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>Overrides the client's patience for the head of the answer.</summary>
    public TimeSpan? AnswerTimeout { get; init; }

    /// <summary>The body is sent when the registry has said that it wants it.</summary>
    public bool ExpectsContinue { get; init; }

    /// <summary>The verb errors show where Docker would have asked another question first.</summary>
    public string? ShownVerb { get; init; }

    public HttpRequestMessage ToMessage(Uri target, Patience patience)
    {
        var message = new HttpRequestMessage(Method, target) { Version = System.Net.HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        if (Accept is not null)
            message.Headers.TryAddWithoutValidation("Accept", Accept);
        if (From > 0)
            message.Headers.Range = new RangeHeaderValue(From, null);
        if (Content is not null)
            message.Content = Content(patience);
        if (ExpectsContinue)
            message.Headers.ExpectContinue = true;
        return message;
    }
}
