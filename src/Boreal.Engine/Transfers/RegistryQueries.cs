using System.Text.Json;
using Boreal.Engine.Errors;
using Boreal.Engine.Images;
using Boreal.Oci.Content;
using Boreal.Oci.Distribution;
using Boreal.Oci.Distribution.Hosts;
using Boreal.Oci.Images;
using Boreal.Oci.References;

namespace Boreal.Engine.Transfers;

/// <summary>Questions to registries that change nothing here.</summary>
public sealed class RegistryQueries(RegistryClient registries)
{
    private const int DefaultLimit = 25;
    private const int LargestLimit = 100;
    private const int LargestConfig = 4 << 20;

    /// <summary>Checks credentials; an identity token to use instead of the password, or "".</summary>
    public async Task<string> LogInAsync(string address, RegistryCredentials credentials, CancellationToken cancellationToken)
    {
        try
        {
            return await registries.CheckLoginAsync(DomainOf(address), credentials, cancellationToken);
        }
        catch (DistributionException exception)
        {
            throw TransferErrors.Of(exception);
        }
    }

    /// <summary>What a registry has under a name, and the platforms it is for.</summary>
    public async Task<(Descriptor Descriptor, IReadOnlyList<Platform> Platforms)> DescribeAsync(ImageReference reference, RegistryCredentials? credentials, CancellationToken cancellationToken)
    {
        reference = reference.WithDefaultTag();
        var repository = registries.Open(reference, credentials);
        try
        {
            var manifest = await repository.GetManifestAsync(reference.Digest?.Value ?? reference.Tag ?? ImageReference.DefaultTag, cancellationToken);
            return (manifest.Descriptor, await PlatformsAsync(repository, manifest, cancellationToken));
        }
        catch (DistributionException exception)
        {
            throw TransferErrors.Of(exception);
        }
        catch (JsonException exception)
        {
            throw new EngineException(ErrorKind.Remote, $"the registry's manifest can't be read: {exception.Message}", exception);
        }
    }

    /// <summary>Repositories by <c>[registry/]name</c>.</summary>
    public async Task<IReadOnlyList<SearchResult>> SearchAsync(string term, int limit, RegistryCredentials? credentials, CancellationToken cancellationToken)
    {
        if (term.StartsWith("http://", StringComparison.Ordinal) || term.StartsWith("https://", StringComparison.Ordinal))
            throw new EngineException(ErrorKind.Invalid, $"invalid repository name: repository name ({term}) should not have a scheme");
        if (limit == 0)
            limit = DefaultLimit;
        if (limit is < 0 or > LargestLimit)
            throw new EngineException(ErrorKind.Invalid, $"limit {limit} is outside the range of [1, {LargestLimit}]");
        var (domain, name) = SplitTerm(term);
        try
        {
            return await registries.SearchAsync(domain, name, limit, credentials, cancellationToken);
        }
        catch (DistributionException exception)
        {
            throw TransferErrors.Of(exception);
        }
    }

    private static async Task<IReadOnlyList<Platform>> PlatformsAsync(Repository repository, RemoteManifest manifest, CancellationToken cancellationToken)
    {
        if (MediaTypes.IsIndex(manifest.MediaType))
        {
            var index = JsonSerializer.Deserialize(manifest.Content.Span, OciJson.Default.ImageIndex) ?? throw new JsonException("null");
            return [.. index.Manifests.Select(entry => entry.Platform).OfType<Platform>()];
        }

        if (!MediaTypes.IsManifest(manifest.MediaType))
            return [];
        var image = JsonSerializer.Deserialize(manifest.Content.Span, OciJson.Default.ImageManifest) ?? throw new JsonException("null");
        if (image.Config.MediaType is not (MediaTypes.OciConfig or MediaTypes.DockerConfig))
            return [];
        var config = ImageStore.Parse(await repository.GetBlobAsync(image.Config, LargestConfig, cancellationToken));
        return config.Os.Length == 0 && config.Architecture.Length == 0
            ? []
            : [new Platform { Architecture = config.Architecture, Os = config.Os, OsVersion = config.OsVersion, OsFeatures = config.OsFeatures, Variant = config.Variant }];
    }

    private static (string Domain, string Name) SplitTerm(string term)
    {
        var slash = term.IndexOf('/');
        var first = slash < 0 ? "" : term[..slash];
        if (!first.AsSpan().ContainsAny('.', ':') && first != "localhost")
            return (RegistryHosts.DockerHub, term);
        var domain = DomainOf(first);
        var name = term[(slash + 1)..];
        return (domain, domain == RegistryHosts.DockerHub && name.StartsWith("library/", StringComparison.Ordinal) ? name["library/".Length..] : name);
    }

    // Docker Hub's accounts go by the address of its first API.
    private static string DomainOf(string address)
    {
        var rest = address.Contains("://", StringComparison.Ordinal) ? address[(address.IndexOf("://", StringComparison.Ordinal) + 3)..] : address;
        var domain = rest.Split('/')[0];
        return domain is "" or "index.docker.io" or "registry-1.docker.io" ? RegistryHosts.DockerHub : domain;
    }
}
