using System.Text;
using System.Text.Json;

namespace Boreal.Tests.Functional.Registry;

/// <summary>An answer, read whole.</summary>
internal sealed record RegistryAnswer(int Status, IReadOnlyDictionary<string, IReadOnlyList<string>> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>The first error's code; empty when the body is no list of errors.</summary>
    public string Error => Status >= 400 && Body.Length > 0 ? Json.GetProperty("errors")[0].GetProperty("code").GetString() ?? "" : "";

    public string? this[string header] => Headers.TryGetValue(header, out var values) ? string.Join(", ", values) : null;

    public static async Task<RegistryAnswer> ReadAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var headers = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, IReadOnlyList<string> (header) => [.. header.Value], StringComparer.OrdinalIgnoreCase);
        return new RegistryAnswer((int)response.StatusCode, headers, body);
    }
}
