namespace Boreal.Cli.Building.Orders;

/// <summary>Reads <c>--attest</c>, <c>--provenance</c> and <c>--sbom</c>: statements about the build to be added to its result.</summary>
internal static class AttestSpecs
{
    /// <exception cref="FormatException">A value cannot be understood.</exception>
    public static IReadOnlyDictionary<string, string> Read(IReadOnlyList<string> attestations, string provenance, string sbom)
    {
        var attributes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in (IEnumerable<string>)[.. attestations, .. Shorthand("provenance", provenance), .. Shorthand("sbom", sbom)])
        {
            var fields = SpecFields.Map(text, "attestation");
            if (!fields.Remove("type", out var type)) throw new FormatException($"attestation type not specified in '{text}'");
            var disabled = fields.Remove("disabled", out var off) && off is "true" or "1";
            if (!disabled) attributes[$"attest:{type}"] = string.Join(',', fields.Select(field => $"{field.Key}={field.Value}"));
        }

        return attributes;
    }

    private static IEnumerable<string> Shorthand(string type, string value) => value switch
    {
        "" => [],
        "true" or "1" => [$"type={type}"],
        "false" or "0" => [$"type={type},disabled=true"],
        _ => [$"type={type},{value}"],
    };
}
