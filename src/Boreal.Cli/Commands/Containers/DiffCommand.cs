using Boreal.Api.Containers;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Output;
using Boreal.Cli.Session;
using Boreal.Cli.Templates.Values;

namespace Boreal.Cli.Commands.Containers;

internal sealed class DiffCommand : Command
{
    private const string DefaultFormat = "{{.Type}} {{.Path}}";

    private static readonly TypedColumns<FilesystemChange> Shape = new TypedColumns<FilesystemChange>("*container.diffContext")
        .Add("Type", "CHANGE TYPE", change => change.Kind switch { 0 => "C", 1 => "A", 2 => "D", _ => "" })
        .Add("Path", "PATH", change => change.Path);

    public override string Usage => "diff CONTAINER";

    public override string Summary => "Inspect changes to files or directories on a container's filesystem";

    public override ArgumentCount Arguments => ArgumentCount.Exactly(1);

    public override IReadOnlyList<string> Aliases => ["container diff", "diff"];

    public override string ArgumentNoun => "container";

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var changes = await context.Client.Containers.ChangesAsync(arguments[0], cancellationToken);
        await new Listing(Shape, DefaultFormat).WriteAsync(context, changes, DefaultFormat);
        return ExitCodes.Success;
    }
}
