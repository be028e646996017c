using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Boreal.Build.Builds;
using Boreal.Build.Graph;
using Boreal.Build.Progress;
using Boreal.Build.Solving;
using Boreal.Engine.Images;
using Boreal.Oci.Images;
using Boreal.Oci.References;

namespace Boreal.Build.Exporting;

/// <summary>Makes results images of this engine.</summary>
internal sealed class ImageExporter(ImageAssembler assembler, TimeProvider clock)
{
    public TimeProvider Clock => clock;

    /// <exception cref="BuildException">A name is not one.</exception>
    public IReadOnlyDictionary<string, string> Export(PlannedTree result, ExportRequest request, BuildProgress progress)
    {
        var names = NamesOf(request);
        var step = progress.Start(NewId(), "exporting to image");
        step.Begin("exporting layers").Complete();
        var document = ImageAssembler.Document(ConfigOf(result.Plan, result.Tree));
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

    public static string NewId() => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture))));

    private static List<ImageReference> NamesOf(ExportRequest request)
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
