using System.Net;
using System.Text.Json;
using Boreal.Oci.Content;
using Boreal.Oci.Distribution.Hosts;
using Boreal.Oci.Distribution.Tokens;
using Boreal.Oci.Images;

namespace Boreal.Oci.Distribution.Transport;

/// <summary>Finds what refers to a manifest; registries without the API have it in an index under a tag made of the digest.</summary>
internal sealed class ReferrerList(Repository repository, EndpointChain chain, string path)
{
    public async Task<IReadOnlyList<Descriptor>> ReadAsync(Digest subject, string? artifactType, CancellationToken cancellationToken)
    {
        var filter = artifactType is null ? "" : $"?artifactType={Uri.EscapeDataString(artifactType)}";
        var request = new RegistryRequest
        {
            Method = HttpMethod.Get,
            Target = $"{path}/referrers/{subject}{filter}",
            Scopes = [TokenScope.Pull(path)],
            Accept = MediaTypes.OciIndex,
            IsRepeatable = true,
        };
        var found = new List<Descriptor>();
        try
        {
            var pages = new PagedList<ImageIndex>(chain, EndpointCapabilities.Pull | EndpointCapabilities.Resolve, OciJson.Default.ImageIndex);
            await foreach (var page in pages.ReadAsync(request, cancellationToken))
                found.AddRange(page.Manifests);
        }
        catch (DistributionException exception) when (exception.Status is (int)HttpStatusCode.NotFound or (int)HttpStatusCode.MethodNotAllowed)
        {
            found.AddRange(await ReadFallbackAsync(subject, cancellationToken));
        }
        return artifactType is null ? found : [.. found.Where(descriptor => TypeOf(descriptor) == artifactType)];
    }

    private async Task<IReadOnlyList<Descriptor>> ReadFallbackAsync(Digest subject, CancellationToken cancellationToken)
    {
        try
        {
            var hex = subject.Hex;
            var index = await repository.GetManifestAsync($"{subject.Algorithm}-{hex[..Math.Min(hex.Length, 64)]}", cancellationToken);
            return JsonSerializer.Deserialize(index.Content.Span, OciJson.Default.ImageIndex)?.Manifests ?? [];
        }
        catch (DistributionException exception) when (exception.Kind == DistributionErrorKind.NotFound)
        {
            return [];
        }
        catch (JsonException exception)
        {
            throw new DistributionException(DistributionErrorKind.Invalid, $"the referrers of {subject} can't be read: {exception.Message}", exception);
        }
    }

    private static string? TypeOf(Descriptor descriptor) =>
        descriptor.Unknown is { } unknown && unknown.TryGetValue("artifactType", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString() : null;
}
