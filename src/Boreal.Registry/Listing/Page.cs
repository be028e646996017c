using System.Collections.Immutable;
using System.Globalization;
using Boreal.Registry.Errors;
using Microsoft.AspNetCore.Http;

namespace Boreal.Registry.Listing;

/// <summary>Which part of a list is asked for: at most <c>n</c> entries after <c>last</c>.</summary>
internal readonly record struct Page(int? Count, string? Last)
{
    /// <exception cref="RegistryException">n is no number.</exception>
    public static Page Of(HttpRequest request)
    {
        var (n, last) = ((string?)request.Query["n"], (string?)request.Query["last"]);
        if (string.IsNullOrEmpty(n))
            return new Page(null, last);
        return int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? new Page(count, last)
            : throw new RegistryException(RegistryErrorCode.SizeInvalid, "invalid number of results requested") { Detail = n };
    }

    /// <summary>The entries from here on, however many are asked for.</summary>
    public IEnumerable<string> Rest(ImmutableSortedSet<string> all)
    {
        var start = 0;
        if (!string.IsNullOrEmpty(Last))
        {
            var found = all.IndexOf(Last);
            start = found < 0 ? ~found : found + 1;
        }
        return Enumerable.Range(start, all.Count - start).Select(index => all[index]);
    }

    /// <summary>Says where the next page is.</summary>
    public static void Link(HttpContext context, int count, string last) =>
        context.Response.Headers.Link = $"<{context.Request.PathBase}{context.Request.Path}?last={Uri.EscapeDataString(last)}&n={count}>; rel=\"next\"";
}
