using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Boreal.Build.Builds;
using Boreal.Build.Caching;
using Boreal.Build.Exchange;
using Boreal.Build.Graph;
using Boreal.Build.Progress;
using Boreal.Build.Solving;
using Boreal.Engine.Images;
using Boreal.Oci.Images;
using Boreal.Oci.References;

namespace Boreal.Build.Exporting;

/// <summary>Makes results images of this engine.</summary>
internal sealed class ImageExporter(ImageAssembler assembler, StepCache cache, TimeProvider clock)
{
    private const string TimesKey = "rewrite-timestamp";

    public TimeProvider Clock => clock;

    /// <summary>
    /// The result as an image is to have it: with <c>rewrite-timestamp</c> no file of the layers that the build made is younger than the
    /// time that the build is to have happened at. The base image's layers stay what they are.
    /// </summary>
    public async Task<PlannedTree> DateAsync(PlannedTree result, ExportRequest request, BuildSurroundings surroundings, CancellationToken cancellationToken)
    {
        if (result.Plan.Epoch is not { } latest || request.Attributes.GetValueOrDefault(TimesKey) is not ("true" or "1"))
            return result;
        var layers = new List<SolvedLayer>();
        foreach (var layer in result.Tree.Layers)
        {
            if (layer.CreatedAt is null)
            {
                layers.Add(layer);
                continue;
            }

            var dated = await cache.ClampTimesAsync(layer, latest, cancellationToken);
            surroundings.Holdings.Add(() => cache.Release(dated));
            layers.Add(layer with { DiffId = dated });
        }

        return new PlannedTree(result.Plan, new SolvedTree.Layered(layers)) { Platform = result.Platform, Steps = result.Steps, Imported = result.Imported };
    }

    /// <exception cref="BuildException">A name is not one.</exception>
    public IReadOnlyDictionary<string, string> Export(PlannedTree result, ExportRequest request, BuildProgress progress)
    {
        var names = NamesOf(request);
        var step = progress.Start(NewId(), "exporting to image");
        step.Begin("exporting layers").Complete();
        var document = DocumentOf(result, request.CarriesCache, step);
        var image = assembler.Assemble(document, names);
        step.Begin($"writing image {image.Id}").Complete();
        foreach (var name in names)
            step.Begin($"naming to {name}").Complete();
        step.Complete();
        var answer = new Dictionary<string, string>
        {
            [ExportKeys.Digest] = image.Id.ToString(),
            [ExportKeys.ConfigDigest] = image.Id.ToString(),
        };
        if (names.Count > 0)
            answer[ExportKeys.Name] = string.Join(',', names);
        return answer;
    }

    /// <summary>The configuration's bytes, by whose digest the image is known.</summary>
    public byte[] DocumentOf(PlannedTree result, bool carriesCache, BuildStep step)
    {
        var config = ConfigOf(result.Plan, result.Tree);
        return ImageAssembler.Document(carriesCache ? WithCache(config, result, step) : config);
    }

    /// <summary>The plan's configuration with the layers that were made.</summary>
    public ImageConfig ConfigOf(BuildPlan plan, SolvedTree.Layered tree)
    {
        var history = HistoryTimes.Fill(plan.Config.History ?? [], tree.Layers, plan.Epoch ?? clock.GetUtcNow());
        return plan.Config with
        {
            Created = plan.Epoch ?? (history is [.., var last] ? last.Created : null) ?? clock.GetUtcNow(),
            History = history,
            RootFs = new RootFs { DiffIds = [.. tree.Digests] },
        };
    }

    private static ImageConfig WithCache(ImageConfig config, PlannedTree result, BuildStep step)
    {
        step.Begin("preparing layers for inline cache").Complete();
        var description = CacheWriter.WriteInline(result.Steps, result.Tree.Digests);
        var more = new Dictionary<string, JsonElement>(config.Unknown ?? new Dictionary<string, JsonElement>())
        {
            [ImageCache.Key] = JsonSerializer.SerializeToElement(description, ExchangeJson.Default.String),
        };
        return config with { Unknown = more };
    }

    public static string NewId() => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture))));

    public static IReadOnlyList<ImageReference> NamesOf(ExportRequest request)
    {
        var names = new List<ImageReference>();
        foreach (var text in request.Attributes.GetValueOrDefault("name", "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!ImageReference.TryParse(text, out var name) || name is null)
                throw new BuildException($"failed to parse {text}: invalid reference format");
            names.Add(name.WithDefaultTag());
        }

        return names;
    }
}
