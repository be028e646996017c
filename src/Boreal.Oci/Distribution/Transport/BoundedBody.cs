using System.Buffers;

namespace Boreal.Oci.Distribution.Transport;

/// <summary>Reads documents whose size is not believed.</summary>
internal static class BoundedBody
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>At most <paramref name="most"/> bytes; the rest is left.</summary>
    public static async Task<byte[]> ReadUpToAsync(HttpResponseMessage response, int most, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var patience = new Patience(Limit, clock, cancellationToken);
        var body = await response.Content.ReadAsStreamAsync(patience.Token);
        var content = new ArrayBufferWriter<byte>(Math.Clamp((int)Math.Min(response.Content.Headers.ContentLength ?? 4096, most), 1, 64 * 1024));
        try
        {
            while (content.WrittenCount < most)
            {
                var space = content.GetMemory(4096);
                var count = await body.ReadAsync(space[..Math.Min(space.Length, most - content.WrittenCount)], patience.Token);
                if (count == 0)
                    break;
                content.Advance(count);
            }
        }
        catch (OperationCanceledException exception) when (patience.IsOver)
        {
            throw new IOException("the answer takes too long", exception);
        }
        return content.WrittenSpan.ToArray();
    }

    /// <exception cref="DistributionException">The document is larger than <paramref name="most"/>, or cut short.</exception>
    public static async Task<byte[]> ReadAsync(HttpResponseMessage response, int most, TimeProvider clock, CancellationToken cancellationToken)
    {
        var address = response.RequestMessage?.RequestUri?.AbsoluteUri;
        if (response.Content.Headers.ContentLength > most)
            throw TooLarge(address, most);
        try
        {
            var content = await ReadUpToAsync(response, most + 1, clock, cancellationToken);
            return content.Length <= most ? content : throw TooLarge(address, most);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            throw new DistributionException(DistributionErrorKind.Unavailable, $"Get \"{address}\": unexpected EOF", exception);
        }
    }

    private static DistributionException TooLarge(string? address, int most) =>
        new(DistributionErrorKind.TooLarge, $"the answer of {address} is larger than {most} bytes");
}
