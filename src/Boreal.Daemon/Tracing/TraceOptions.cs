namespace Boreal.Daemon.Tracing;

/// <summary>Where spans go.</summary>
internal sealed record TraceOptions(Uri Endpoint)
{
    /// <summary>Sent with each batch: often a key of the service that takes them.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public string ServiceName { get; init; } = "boreald";

    /// <summary>
    /// From the daemon's own option (a base address) or else OpenTelemetry's variables; null when neither is set: then nothing is traced.
    /// See opentelemetry.io/docs/specs/otel/protocol/exporter.
    /// </summary>
    /// <exception cref="FormatException">A variable holds no http or https URL.</exception>
    public static TraceOptions? Read(string option, Func<string, string?> variable)
    {
        if (variable("OTEL_SDK_DISABLED") is "true" || (option.Length == 0 && variable("OTEL_TRACES_EXPORTER") is "none"))
            return null;
        var exact = option.Length == 0 ? variable("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") : null;
        var address = exact is { Length: > 0 } ? exact : option.Length > 0 ? option : variable("OTEL_EXPORTER_OTLP_ENDPOINT");
        if (string.IsNullOrEmpty(address))
            return null;
        if (!Uri.TryCreate(exact is { Length: > 0 } ? address : address.TrimEnd('/') + "/v1/traces", UriKind.Absolute, out var endpoint) || endpoint.Scheme is not ("http" or "https"))
            throw new FormatException($"traces cannot be sent to {address}: an http or https URL is needed");
        return new TraceOptions(endpoint)
        {
            Headers = [.. ReadHeaders(variable("OTEL_EXPORTER_OTLP_HEADERS")), .. ReadHeaders(variable("OTEL_EXPORTER_OTLP_TRACES_HEADERS"))],
            ServiceName = variable("OTEL_SERVICE_NAME") is { Length: > 0 } name ? name : "boreald",
        };
    }

    private static IEnumerable<KeyValuePair<string, string>> ReadHeaders(string? text) => (text ?? "")
        .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(pair => pair.Split('=', 2))
        .Where(pair => pair.Length == 2)
        .Select(pair => KeyValuePair.Create(pair[0].Trim(), Uri.UnescapeDataString(pair[1].Trim())));
}
