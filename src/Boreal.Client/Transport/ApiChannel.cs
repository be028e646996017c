using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Boreal.Client.Addresses;
using Boreal.Client.Errors;

namespace Boreal.Client.Transport;

/// <summary>Requests to one daemon: negotiated version, kept-alive connections, errors as exceptions.</summary>
internal sealed class ApiChannel(ClientOptions options) : IAsyncDisposable
{
    private static readonly Version NewestKnown = new(1, 51);
    private static readonly Version OldestNegotiated = new(1, 24);

    private readonly Connector _connector = new(options);
    private readonly ConcurrentStack<Connection> _idle = new();
    private string? _version = options.ApiVersion;

    /// <summary>The version in use, once known.</summary>
    public string? ApiVersion => _version;

    public static string NewestVersion => NewestKnown.ToString();

    /// <summary>Sends and returns the answer; an error status becomes an <see cref="ApiException"/>.</summary>
    public async Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (request.IsVersioned) await NegotiateAsync(cancellationToken);
        var (exchange, head) = await ExchangeAsync(request, [], cancellationToken);
        var response = new ApiResponse(head, Body(request, head, exchange.Connection), exchange);
        if (head.Status < 400) return response;
        await using (response)
        {
            throw await ErrorAsync(response, request, cancellationToken);
        }
    }

    /// <summary>Sends a request whose answer carries nothing that matters; returns the status (304 is an outcome).</summary>
    public async Task<int> CallAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        await using var response = await SendAsync(request, cancellationToken);
        await response.DrainAsync(cancellationToken);
        return response.Status;
    }

    /// <summary>The answer as a JSON value of its own.</summary>
    public async Task<JsonElement> JsonAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        await using var response = await SendAsync(request, cancellationToken);
        using var document = await JsonDocument.ParseAsync(response.Body, default, cancellationToken);
        return document.RootElement.Clone();
    }

    /// <summary>Turns the connection into a raw two-way stream (Docker's hijack).</summary>
    public async Task<HijackedStream> HijackAsync(ApiRequest request, CancellationToken cancellationToken, string protocol = "tcp")
    {
        if (request.IsVersioned) await NegotiateAsync(cancellationToken);
        var (exchange, head) = await ExchangeAsync(request, [("Connection", "Upgrade"), ("Upgrade", protocol)], cancellationToken);
        if (head.Status is 101 or 200)
        {
            exchange.Dispose();
            return new HijackedStream(exchange.Connection, head["Content-Type"] ?? "");
        }

        await using var response = new ApiResponse(head, Body(request, head, exchange.Connection), exchange);
        if (head.Status >= 400) throw await ErrorAsync(response, request, cancellationToken);
        throw new BrokenStreamException($"unable to upgrade to {protocol}, received {head.Status}");
    }

    /// <summary>Settles the version: the smaller of the daemon's newest and ours.</summary>
    public async ValueTask NegotiateAsync(CancellationToken cancellationToken)
    {
        if (_version is not null) return;
        await using var response = await SendAsync(new ApiRequest("HEAD", "/_ping") { IsVersioned = false }, cancellationToken);
        var theirs = Version.TryParse(response.Header("Api-Version"), out var parsed) ? parsed : OldestNegotiated;
        _version = (theirs < NewestKnown ? theirs : NewestKnown).ToString();
    }

    public async ValueTask DisposeAsync()
    {
        while (_idle.TryPop(out var connection)) await connection.DisposeAsync();
    }

    private async Task<(Exchange Exchange, ResponseHead Head)> ExchangeAsync(
        ApiRequest request, IReadOnlyList<(string Name, string Value)> extra, CancellationToken cancellationToken)
    {
        var target = options.Address.PathPrefix + (request.IsVersioned ? "/v" + _version : "") + request.Path + request.Query;
        var headers = Headers(extra);
        if (_idle.TryPop(out var kept))
        {
            // The daemon may have closed an idle connection; a request without an upload can be sent once more.
            if (await TryAsync(kept, request, target, headers, isKept: true, cancellationToken) is { } answer) return answer;
        }

        var fresh = await _connector.ConnectAsync(cancellationToken);
        return await TryAsync(fresh, request, target, headers, isKept: false, cancellationToken)
            ?? throw new BrokenStreamException("the daemon closed the connection without an answer");
    }

    private async Task<(Exchange, ResponseHead)?> TryAsync(
        Connection connection, ApiRequest request, string target, List<(string, string)> headers, bool isKept, CancellationToken cancellationToken)
    {
        var exchange = new Exchange(connection, _idle.Push);
        try
        {
            if (await exchange.RunAsync(request, target, headers, cancellationToken) is { } head) return (exchange, head);
        }
        catch (IOException) when (isKept && request.Upload is null)
        {
            // Closed while it was idle: nothing of the request was carried out.
        }
        catch
        {
            await exchange.EndAsync(reusable: false);
            throw;
        }

        await exchange.EndAsync(reusable: false);
        return null;
    }

    private List<(string, string)> Headers(IReadOnlyList<(string Name, string Value)> extra)
    {
        var headers = new List<(string, string)>(4 + extra.Count) { ("Host", _connector.HostHeader), ("User-Agent", options.UserAgent) };
        foreach (var (name, value) in options.Headers) headers.Add((name, value));
        headers.AddRange(extra);
        return headers;
    }

    private static BodyStream Body(ApiRequest request, ResponseHead head, Connection connection) =>
        request.Method is "HEAD" || head.Status is 204 or 304
            ? new BodyStream(connection, 0, chunked: false)
            : new BodyStream(connection, head.ContentLength, head.IsChunked);

    private static async Task<ApiException> ErrorAsync(ApiResponse response, ApiRequest request, CancellationToken cancellationToken)
    {
        var bytes = await response.BytesAsync(cancellationToken);
        if (bytes.Length is 0)
            return new ApiException(response.Status, string.Create(CultureInfo.InvariantCulture,
                $"request returned status {response.Status} for {request.Method} {request.Path}"));
        return new ApiException(response.Status, MessageOf(bytes));
    }

    private static string MessageOf(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind is JsonValueKind.Object
                && document.RootElement.TryGetProperty("message", out var message)
                && message.GetString() is { } text)
                return text.Trim();
        }
        catch (JsonException)
        {
            // Not JSON: a proxy's page or plain text, shown as it is.
        }

        return System.Text.Encoding.UTF8.GetString(body).Trim();
    }
}
