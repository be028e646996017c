using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Boreal.Oci.Distribution.Hosts;

namespace Boreal.Oci.Distribution.Transport;

/// <summary>A list in pages that a <c>Link</c> header strings together, all from one endpoint.</summary>
internal sealed class PagedList<T>(EndpointChain chain, EndpointCapabilities need, JsonTypeInfo<T> type)
    where T : class
{
    private const int LongestPage = 16 * 1024 * 1024;
    private const int MostPages = 10_000;

    public async IAsyncEnumerable<T> ReadAsync(RegistryRequest first, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (session, page, next) = await chain.FirstAsync(need, session => ReadPageAsync(session, first, cancellationToken), cancellationToken);
        yield return page;
        for (var pages = 1; next is not null; pages++)
        {
            if (next == first.Target)
                throw new DistributionException(DistributionErrorKind.Invalid, $"{next} continues with itself");
            if (pages == MostPages)
                throw new DistributionException(DistributionErrorKind.TooLarge, $"{first.Target} has more than {MostPages} pages");
            first = first with { Target = next };
            (_, page, next) = await ReadPageAsync(session, first, cancellationToken);
            yield return page;
        }
    }

    private async Task<(EndpointSession Session, T Page, string? Next)> ReadPageAsync(EndpointSession session, RegistryRequest request, CancellationToken cancellationToken)
    {
        using var response = await session.SendSuccessfullyAsync(request, cancellationToken);
        var body = await BoundedBody.ReadAsync(response, LongestPage, chain.Clock, cancellationToken);
        try
        {
            var page = JsonSerializer.Deserialize(body, type) ?? throw new JsonException("null");
            return (session, page, NextOf(response));
        }
        catch (JsonException exception)
        {
            throw new DistributionException(DistributionErrorKind.Invalid, $"error unmarshalling content: {exception.Message}", exception);
        }
    }

    private static string? NextOf(HttpResponseMessage response)
    {
        if (response.RequestMessage?.RequestUri is not { } from || !response.Headers.NonValidated.TryGetValues("Link", out var values))
            return null;
        foreach (var value in values)
        {
            var end = value.IndexOf('>');
            if (value.StartsWith('<') && end > 0 && value[end..].Replace("\"", "", StringComparison.Ordinal).Contains("rel=next", StringComparison.OrdinalIgnoreCase)
                && Addresses.Redirect(from, value[1..end]) is { } next)
                return Addresses.HaveSameOrigin(from, next) ? next.AbsoluteUri : throw new DistributionException(DistributionErrorKind.Invalid, $"{from.Host} continues a list at another host, {next.Host}");
        }
        return null;
    }
}
