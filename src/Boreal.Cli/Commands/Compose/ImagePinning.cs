using Boreal.Cli.Session;
using Boreal.Compose.Projects;
using Boreal.Compose.Yaml;
using Boreal.Oci.Content;
using Boreal.Oci.References;

namespace Boreal.Cli.Commands.Compose;

/// <summary>Puts the digest that a registry has today behind the name of every service's image.</summary>
internal sealed class ImagePinning(CliContext context)
{
    public async Task ApplyAsync(Project project, CancellationToken cancellationToken)
    {
        foreach (var (_, node) in project.Services.Entries)
        {
            if (node is not MappingNode service || service.TextOf("image") is not { Length: > 0 } image) continue;
            service.Set("image", ScalarNode.Of(await PinAsync(image, cancellationToken)));
        }
    }

    private async Task<string> PinAsync(string image, CancellationToken cancellationToken)
    {
        var reference = ImageReference.Parse(image).WithDefaultTag();
        if (reference.Digest is not null) return reference.WithoutTag().ToString();
        var auth = await context.Credentials.ForImageAsync(reference, context.Error);
        var found = await context.Client.Images.DistributionAsync(image, auth, cancellationToken);
        return reference.WithDigest(Digest.Parse(found.Descriptor.Digest)).ToString();
    }
}
