using System.Globalization;
using System.Net;
using Boreal.Oci.Content;
using Boreal.Oci.Distribution.Tokens;
using Boreal.Oci.Distribution.Transport;

namespace Boreal.Oci.Distribution.Uploads;

/// <summary>The requests of an upload, one each; in what order and how often is <see cref="BlobUpload"/>'s.</summary>
internal sealed class UploadProtocol(EndpointSession session, string repository, IReadOnlyList<TokenScope> scopes)
{
    // Above this a refusal is worth waiting for before the bytes go out.
    private const long ExpectsContinueFrom = 4 * 1024 * 1024;

    public TimeProvider Clock => session.Clock;

    public RegistryClientOptions Options => session.Options;

    public async Task<bool> IsThereAsync(Digest blob, CancellationToken cancellationToken)
    {
        using var response = await session.SendAsync(new RegistryRequest { Method = HttpMethod.Head, Target = $"{repository}/blobs/{blob}", Scopes = scopes, IsRepeatable = true }, cancellationToken);
        if (response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.NotFound)
            return response.IsSuccessStatusCode;
        throw await ErrorAnswer.ReadAsync(response, Clock, cancellationToken);
    }

    public async Task<UploadSession> BeginAsync(CancellationToken cancellationToken)
    {
        using var response = await session.SendSuccessfullyAsync(Post(""), cancellationToken);
        return await SessionOfAsync(response, cancellationToken);
    }

    /// <summary>Null when the blob was mounted; else the session to upload it by.</summary>
    public async Task<UploadSession?> MountAsync(Digest blob, string from, CancellationToken cancellationToken)
    {
        using var response = await session.SendSuccessfullyAsync(Post($"?mount={Uri.EscapeDataString(blob.Value)}&from={Uri.EscapeDataString(from)}"), cancellationToken);
        return response.StatusCode == HttpStatusCode.Created ? null : await SessionOfAsync(response, cancellationToken);
    }

    /// <summary>Sends what is missing, at most <paramref name="most"/> bytes of it.</summary>
    public async Task<UploadSession> SendAsync(UploadSession upload, BlobSource source, long most, CancellationToken cancellationToken)
    {
        var missing = source.Blob.Size - upload.Received;
        var end = upload.Received + Math.Min(missing, Math.Max(most, upload.SmallestPart));
        var request = Request(HttpMethod.Patch, upload.Location) with
        {
            Content = patience => new BlobContent(source, upload.Received, end, patience, Options),
            ExpectsContinue = end - upload.Received >= ExpectsContinueFrom,
        };
        using var response = await session.SendSuccessfullyAsync(request, cancellationToken);
        var next = await SessionOfAsync(response, cancellationToken);
        return next with { Received = ReceivedOf(response) ?? end, SmallestPart = upload.SmallestPart };
    }

    /// <summary>Sends what is still being made, to its end; the session as it is then, and how much was sent.</summary>
    public async Task<(UploadSession Session, long Sent)> SendGrowingAsync(UploadSession upload, Func<Stream> open, CancellationToken cancellationToken)
    {
        GrowingContent? content = null;
        var request = Request(HttpMethod.Patch, upload.Location) with
        {
            Content = patience => content = new GrowingContent(open, patience, Options),
            ExpectsContinue = true,
        };
        using var response = await session.SendSuccessfullyAsync(request, cancellationToken);
        var sent = content?.Sent ?? 0;
        return ((await SessionOfAsync(response, cancellationToken)) with { Received = ReceivedOf(response) ?? sent }, sent);
    }

    /// <summary>Ends the upload, with the bytes that are not there yet as the body.</summary>
    public async Task CloseAsync(UploadSession upload, BlobSource source, CancellationToken cancellationToken)
    {
        var request = Request(HttpMethod.Put, upload.ClosingLocation(source.Blob.Digest.Value)) with
        {
            Content = patience => upload.Received == source.Blob.Size ? new ByteArrayContent([]) : new BlobContent(source, upload.Received, source.Blob.Size, patience, Options),
            AnswerTimeout = Options.UploadAnswerTimeout,
        };
        using var response = await session.SendSuccessfullyAsync(request, cancellationToken);
    }

    /// <summary>How far the registry has got; null when it no longer knows the session.</summary>
    public async Task<UploadSession?> LookAsync(UploadSession upload, CancellationToken cancellationToken)
    {
        using var response = await session.SendAsync(Request(HttpMethod.Get, upload.Location) with { IsRepeatable = true }, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        if (!response.IsSuccessStatusCode)
            throw await ErrorAnswer.ReadAsync(response, Clock, cancellationToken);
        var location = LocationOf(response, await session.RootAsync(cancellationToken)) ?? upload.Location;
        return new UploadSession(location, ReceivedOf(response) ?? 0) { SmallestPart = upload.SmallestPart };
    }

    public async Task CancelAsync(UploadSession upload, CancellationToken cancellationToken)
    {
        using var response = await session.SendAsync(Request(HttpMethod.Delete, upload.Location), cancellationToken);
    }

    private RegistryRequest Post(string query) => Request(HttpMethod.Post, $"{repository}/blobs/uploads/{query}") with { IsRepeatable = true, Content = _ => new ByteArrayContent([]) };

    private RegistryRequest Request(HttpMethod method, string target) => new() { Method = method, Target = target, Scopes = scopes };

    private async Task<UploadSession> SessionOfAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        LocationOf(response, await session.RootAsync(cancellationToken)) is { } location
            ? new UploadSession(location, 0) { SmallestPart = SmallestPartOf(response) }
            : throw new DistributionException(DistributionErrorKind.Invalid, $"the registry began an upload to {repository} without saying where");

    // A registry behind a proxy that ends TLS often gives its own address as http: what was reached by https stays so.
    private static string? LocationOf(HttpResponseMessage response, Uri root)
    {
        if (response.RequestMessage?.RequestUri is not { } from || !response.Headers.NonValidated.TryGetValues("Location", out var values))
            return null;
        if (Addresses.Redirect(from, values.ToString()) is not { } location)
            return null;
        if (root.Scheme == Uri.UriSchemeHttps && location.Scheme == Uri.UriSchemeHttp)
        {
            return location.IdnHost.Equals(root.IdnHost, StringComparison.OrdinalIgnoreCase)
                ? $"https://{root.Authority}{location.PathAndQuery}"
                : throw new DistributionException(DistributionErrorKind.Denied, $"{root.Host} wants uploads sent to unencrypted http://{location.Authority}, which is refused");
        }
        return location.AbsoluteUri;
    }

    private static long SmallestPartOf(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("OCI-Chunk-Min-Length", out var values) && long.TryParse(values.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : 0;

    // "0-99", also with a unit in front: the last byte that has arrived. "0-0" is what registries say of none, too.
    private static long? ReceivedOf(HttpResponseMessage response)
    {
        if (!response.Headers.NonValidated.TryGetValues("Range", out var values))
            return null;
        var text = values.ToString();
        var last = text[(text.LastIndexOf('-') + 1)..];
        return long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var end) && end > 0 ? end + 1 : 0;
    }
}
