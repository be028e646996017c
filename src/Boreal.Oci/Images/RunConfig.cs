using System.Text.Json;
using System.Text.Json.Serialization;

namespace Boreal.Oci.Images;

/// <summary>The <c>config</c> object of an image: Docker's Config as images carry it. Null lists mean the field was absent or null.</summary>
public sealed record RunConfig
{
    public string? Hostname { get; init; }

    public string? Domainname { get; init; }

    public string? User { get; init; }

    public bool AttachStdin { get; init; }

    public bool AttachStdout { get; init; }

    public bool AttachStderr { get; init; }

    /// <summary><c>80/tcp</c> to an empty object.</summary>
    public IReadOnlyDictionary<string, JsonElement>? ExposedPorts { get; init; }

    public bool Tty { get; init; }

    public bool OpenStdin { get; init; }

    public bool StdinOnce { get; init; }

    public IReadOnlyList<string>? Env { get; init; }

    [JsonConverter(typeof(TextOrListJsonConverter))]
    public IReadOnlyList<string>? Cmd { get; init; }

    public HealthCheckConfig? Healthcheck { get; init; }

    public bool? ArgsEscaped { get; init; }

    public string? Image { get; init; }

    /// <summary>Path to an empty object.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Volumes { get; init; }

    public string? WorkingDir { get; init; }

    [JsonConverter(typeof(TextOrListJsonConverter))]
    public IReadOnlyList<string>? Entrypoint { get; init; }

    public bool? NetworkDisabled { get; init; }

    public string? MacAddress { get; init; }

    public IReadOnlyList<string>? OnBuild { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    public string? StopSignal { get; init; }

    public int? StopTimeout { get; init; }

    [JsonConverter(typeof(TextOrListJsonConverter))]
    public IReadOnlyList<string>? Shell { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }
}
