using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;
using Boreal.Oci.Distribution;
using Boreal.Oci.References;

namespace Boreal.Cli.Commands.Registry;

/// <summary>Untags; by digest it takes the manifest with all its tags. Its layers go with the next collection.</summary>
internal sealed class RegistryRemoveCommand : Command
{
    private readonly ListFlag _insecure;

    public RegistryRemoveCommand() => _insecure = InsecureFlag.AddTo(Flags);

    public override string Usage => "rm [OPTIONS] REPOSITORY:TAG|REPOSITORY@DIGEST...";

    public override string Summary => "Remove tags or manifests from a registry";

    public override ArgumentCount Arguments => ArgumentCount.AtLeast(1);

    public override IReadOnlyList<string> Examples => [$"boreal registry rm {RegistryConnection.Default}/team/app:1.0"];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        using var connection = new RegistryConnection(context, _insecure.Values);
        var result = ExitCodes.Success;
        foreach (var name in arguments)
        {
            try
            {
                var image = ImageReference.Parse(name);
                // Nobody means "latest" by saying nothing, when it is about removing.
                var reference = image.Digest?.Value ?? image.Tag ?? throw new FormatException($"{name}: say which tag or digest");
                await connection.Open(image).DeleteManifestAsync(reference, cancellationToken);
                await context.Out.WriteLineAsync(name);
                await context.Out.FlushAsync(cancellationToken);
            }
            catch (Exception problem) when (problem is DistributionException or FormatException)
            {
                await context.Error.WriteLineAsync($"{HelpWriter.Program}: {problem.Message}");
                result = ExitCodes.Failure;
            }
        }

        return result;
    }
}
