using Boreal.Oci.Distribution.Hosts;

namespace Boreal.Oci.Distribution.Transport;

/// <summary>Sends one message and waits for the head of the answer; what fails on the way becomes a <see cref="DistributionException"/>.</summary>
internal sealed class HttpExchange(TransportPool pool, RegistryClientOptions options, TimeProvider clock)
{
    public TimeProvider Clock => clock;

    public RegistryClientOptions Options => options;

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, TlsSettings tls, Patience patience)
    {
        message.Headers.TryAddWithoutValidation("User-Agent", options.UserAgent);
        try
        {
            return await pool.For(tls).SendAsync(message, patience.Token);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException || (exception is OperationCanceledException && patience.IsOver))
        {
            throw ConnectFailure.Of(message, exception);
        }
        catch (OperationCanceledException exception) when (exception.InnerException is TimeoutException)
        {
            // The handler's own limit for connecting.
            throw ConnectFailure.Of(message, exception);
        }
    }

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, TlsSettings tls, CancellationToken cancellationToken)
    {
        using var patience = new Patience(options.AnswerTimeout, clock, cancellationToken);
        return await SendAsync(message, tls, patience);
    }
}
