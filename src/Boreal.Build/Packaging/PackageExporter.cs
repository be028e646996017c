using System.Text.Json;
using Boreal.Build.Builds;
using Boreal.Build.Exchange;
using Boreal.Build.Exporting;
using Boreal.Build.Progress;
using Boreal.Build.Solving;
using Boreal.Engine.Errors;
using Boreal.Engine.Images;
using Boreal.Engine.Transfers;
using Boreal.Oci.Distribution;
using Boreal.Oci.Images;
using Boreal.Oci.References;

namespace Boreal.Build.Packaging;

/// <summary>Brings results as whole images elsewhere: into archives and layouts of the client, and to registries.</summary>
internal sealed class PackageExporter(PackageWriter writer, LayerTransfers transfers, ImageStore images, BuiltPushes pushes)
{
    private const string ClientStore = "export";

    /// <summary>An OCI layout (<c>oci</c>) or a docker-archive (<c>docker</c>): a tar, or with <c>tar=false</c> a folder.</summary>
    /// <exception cref="BuildException">The options are wrong, or do not go together with several platforms.</exception>
    public async Task<IReadOnlyDictionary<string, string>> SendAsync(IReadOnlyList<PlannedTree> trees, bool hasIndex, ExportRequest request, BuildSurroundings surroundings, CancellationToken cancellationToken)
    {
        var format = PackageFormat.Read(request);
        var names = ImageExporter.NamesOf(request);
        var isDockerArchive = request.Kind == "docker";
        if (isDockerArchive && hasIndex)
            throw new BuildException("docker exporter does not currently support exporting manifest lists");
        var step = surroundings.Progress.Start(ImageExporter.NewId(), isDockerArchive ? "exporting to docker image format" : "exporting to oci image format");
        Package package;
        if (request.Attributes.ContainsKey("tar") && !PackageFormat.Flag(request.Attributes, "tar"))
        {
            var store = await surroundings.Client.OpenContentAsync(ClientStore, cancellationToken);
            package = await writer.WriteAsync(trees, hasIndex, format, (new ClientStoreTarget(transfers, store), step), cancellationToken);
        }
        else
        {
            using var archive = new ArchiveTarget(transfers);
            package = await writer.WriteAsync(trees, hasIndex, format, (archive, step), cancellationToken);
            var part = step.Begin("sending tarball");
            await using (var target = await surroundings.Client.CreateFileAsync(request.Index, Answer(package, names), cancellationToken))
                await BlockingPipe.RunAsync(output => archive.Write(package, names, isDockerArchive, output, cancellationToken), target, cancellationToken);
            part.Complete();
        }

        step.Complete();
        return Answer(package, names);
    }

    /// <summary>To every repository that the names are in.</summary>
    /// <exception cref="BuildException">There are no names, or a registry does not take it.</exception>
    public async Task<IReadOnlyDictionary<string, string>> PushAsync(IReadOnlyList<PlannedTree> trees, bool hasIndex, ExportRequest request, BuildSurroundings surroundings, CancellationToken cancellationToken)
    {
        var format = PackageFormat.Read(request);
        var names = ImageExporter.NamesOf(request);
        if (names.Count == 0)
            throw new BuildException("tag is needed when pushing to registry");
        var step = surroundings.Progress.Start(ImageExporter.NewId(), "exporting to image");
        Package? package = null;
        try
        {
            foreach (var name in names)
                package = await PushAsync(name, trees, hasIndex, format, (surroundings.Client, step), cancellationToken);
        }
        catch (Exception exception) when (exception is DistributionException or EngineException)
        {
            step.Fail(exception.Message);
            throw new BuildException($"failed to push {names[0]}: {exception.Message}", exception) { Step = step.Id };
        }

        step.Complete();
        return Answer(package ?? throw new InvalidOperationException("something was pushed"), names);
    }

    private async Task<Package> PushAsync(
        ImageReference name, IReadOnlyList<PlannedTree> trees, bool hasIndex, PackageFormat format, (IBuildClient Client, BuildStep Step) build, CancellationToken cancellationToken)
    {
        var repository = transfers.Open(name, await RegistryLogin.AskAsync(build.Client, name, cancellationToken));
        var package = await writer.WriteAsync(trees, hasIndex, format, (new RepositoryTarget(transfers, repository), build.Step), cancellationToken);
        var part = build.Step.Begin($"pushing manifest for {name}@{package.Manifest.Digest}");
        await repository.PutManifestAsync(name.Tag ?? ImageReference.DefaultTag, package.Manifest.MediaType, package.Document, cancellationToken);
        part.Complete();
        Note(name, package);
        return package;
    }

    private void Note(ImageReference name, Package package)
    {
        if (images.TryFind(name) is not { } image)
            return;
        if (package.Images is [var only] && only.Manifest.Digest == package.Manifest.Digest)
            pushes.Note(image, name, package.Manifest.Digest, package.Document);
        else
            pushes.NoteIndex(image, name, package.Manifest.Digest, package.Document.Length);
    }

    private static Dictionary<string, string> Answer(Package package, IReadOnlyList<ImageReference> names)
    {
        var answer = new Dictionary<string, string>
        {
            [ExportKeys.Digest] = package.Manifest.Digest.Value,
            [ExportKeys.Descriptor] = Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(package.Manifest, OciJson.Plain.Descriptor)),
        };
        if (package.Images is [var only])
            answer[ExportKeys.ConfigDigest] = only.Config.Value;
        if (names.Count > 0)
            answer[ExportKeys.Name] = string.Join(',', names);
        return answer;
    }
}
