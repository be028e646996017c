using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Boreal.Api.Containers;
using Boreal.Daemon.Endpoints.Containers.Create;
using Boreal.Daemon.Http;
using Boreal.Engine.Containers;
using Boreal.Engine.Containers.Spec;
using Boreal.Oci.Images;

namespace Boreal.Tests.Unit.Endpoints;

/// <summary>A create request and what Docker's inspect and list said of the container, recorded by Golden/record.sh.</summary>
internal sealed record GoldenRequest(JsonObject Request, JsonObject ImageConfig, JsonObject Inspect, JsonObject Summary)
{
    private const string Folder = "endpoints/";
    private const string Id = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(GoldenRequest).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name => Path.GetFileNameWithoutExtension(name)),
    ];

    public static GoldenRequest Read(string name)
    {
        using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{Folder}{name}.json") ?? throw new FileNotFoundException(name);
        var golden = JsonNode.Parse(file)?.AsObject() ?? throw new FormatException(name);
        return new GoldenRequest(Part(golden, "request"), Part(golden, "imageConfig"), Part(golden, "inspect"), Part(golden, "summary"));
    }

    /// <summary>Our spec of the same request, on a cgroup v1 host as the recording one was.</summary>
    public ContainerSpec ToSpec()
    {
        var request = Request.Deserialize(ContainersJsonContext.Default.ContainerCreateRequest) ?? throw new FormatException("empty request");
        ContainerSpecMapping.Check(request, ApiVersion.Maximum);
        return ContainerSpecMapping.ToSpec(request, new CreateContext
        {
            Id = ContainerId.Parse(Id),
            Name = "golden",
            Created = DateTimeOffset.Parse("2026-01-02T03:04:05.6789Z"),
            ImageId = $"sha256:{new string('0', 64)}",
            ImageConfig = ImageConfig.Deserialize(OciJson.Default.RunConfig) ?? new RunConfig(),
            DefaultRuntime = "runc",
            UsesCgroupV1 = true,
        });
    }

    private static JsonObject Part(JsonObject golden, string name) => golden[name]?.AsObject() ?? throw new FormatException(name);
}
