using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Commands.Registry;
using Boreal.Cli.Output;
using Boreal.Cli.Session;
using Boreal.Oci.Content;
using Boreal.Oci.Distribution;
using Boreal.Oci.Images;
using Boreal.Oci.References;

namespace Boreal.Cli.Commands.Registries;

/// <summary>Shows what a registry has under a name, without pulling it and without a daemon.</summary>
internal sealed class ManifestInspectCommand : Command
{
    private const int LargestConfig = 8 << 20;

    private static readonly JsonWriterOptions AsDocker = new()
    {
        Indented = true, IndentCharacter = '\t', IndentSize = 1, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly ValueFlag<bool> _insecure;
    private readonly ValueFlag<bool> _verbose;

    public ManifestInspectCommand()
    {
        _insecure = Flags.Switch("insecure", '\0', "Allow communication with an insecure registry");
        _verbose = Flags.Switch("verbose", 'v', "Output additional info including layers and platform");
    }

    public override string Usage => "inspect [OPTIONS] MANIFEST";

    public override string Summary => "Display an image manifest, or manifest list";

    public override ArgumentCount Arguments => ArgumentCount.Exactly(1);

    public override IReadOnlyList<string> Examples => ["boreal manifest inspect debian:bookworm", "boreal manifest inspect -v localhost:5000/web:1.2"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var image = ImageReference.Parse(arguments[0]).WithDefaultTag();
        using var connection = new RegistryConnection(context, _insecure.Value ? [image.Domain] : []);
        var repository = connection.Open(image);
        var manifest = await GetAsync(repository, image, cancellationToken);
        await context.Out.WriteLineAsync(_verbose.Value
            ? await VerboseAsync(repository, manifest, cancellationToken)
            : JsonIndent.Indent(manifest.Content.Span, "\t"));
        return ExitCodes.Success;
    }

    private static async Task<RemoteManifest> GetAsync(Repository repository, ImageReference image, CancellationToken cancellationToken)
    {
        try
        {
            return await repository.GetManifestAsync(image.Digest?.Value ?? image.Tag ?? ImageReference.DefaultTag, cancellationToken);
        }
        catch (DistributionException problem) when (problem.Kind is DistributionErrorKind.NotFound)
        {
            throw new CommandFailedException($"no such manifest: {image}");
        }
    }

    private static async Task<string> VerboseAsync(Repository repository, RemoteManifest manifest, CancellationToken cancellationToken)
    {
        if (manifest.MediaType is not (MediaTypes.OciIndex or MediaTypes.DockerManifestList))
            return Write(await DescribeAsync(repository, repository.Reference.ToString(), manifest, null, cancellationToken));
        var index = JsonSerializer.Deserialize(manifest.Content.Span, OciJson.Default.ImageIndex) ?? throw new CommandFailedException("the index is empty");
        var all = new JsonArray();
        foreach (var entry in index.Manifests)
        {
            var one = await repository.GetManifestAsync(entry.Digest.Value, cancellationToken);
            all.Add((JsonNode)await DescribeAsync(repository, $"{repository.Reference}@{entry.Digest}", one, entry.Platform, cancellationToken));
        }

        return Write(all);
    }

    private static async Task<JsonObject> DescribeAsync(
        Repository repository, string name, RemoteManifest manifest, Platform? platform, CancellationToken cancellationToken)
    {
        var content = JsonNode.Parse(manifest.Content.Span);
        var descriptor = new JsonObject { ["mediaType"] = manifest.MediaType, ["digest"] = manifest.Digest.Value, ["size"] = manifest.Content.Length };
        var place = platform is null ? await PlatformOfAsync(repository, manifest, cancellationToken) : PlatformOf(platform.Architecture, platform.Os, platform.Variant);
        if (place is not null) descriptor["platform"] = place;
        return new JsonObject
        {
            ["Ref"] = name,
            ["Descriptor"] = descriptor,
            ["Raw"] = Convert.ToBase64String(manifest.Content.Span),
            [manifest.MediaType is MediaTypes.DockerManifest ? "SchemaV2Manifest" : "OCIManifest"] = content,
        };
    }

    /// <summary>Of an image that is in no index, its config knows.</summary>
    private static async Task<JsonObject?> PlatformOfAsync(Repository repository, RemoteManifest manifest, CancellationToken cancellationToken)
    {
        var config = JsonSerializer.Deserialize(manifest.Content.Span, OciJson.Default.ImageManifest)?.Config;
        if (config is not { MediaType: MediaTypes.OciConfig or MediaTypes.DockerConfig }) return null;
        using var json = JsonDocument.Parse(await repository.GetBlobAsync(config, LargestConfig, cancellationToken));
        return PlatformOf(json.RootElement.Text("architecture"), json.RootElement.Text("os"), json.RootElement.Text("variant"));
    }

    private static JsonObject PlatformOf(string architecture, string os, string? variant)
    {
        var platform = new JsonObject { ["architecture"] = architecture, ["os"] = os };
        if (variant is { Length: > 0 }) platform["variant"] = variant;
        return platform;
    }

    private static string Write(JsonNode node)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, AsDocker)) node.WriteTo(writer);
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
