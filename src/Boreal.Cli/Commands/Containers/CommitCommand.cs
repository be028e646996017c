using Boreal.Client.Containers;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Parsing;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Containers;

internal sealed class CommitCommand : Command
{
    private readonly ValueFlag<string> _author;
    private readonly ListFlag _changes;
    private readonly ValueFlag<string> _message;
    private readonly ValueFlag<bool> _pause;

    public CommitCommand()
    {
        _author = Flags.Text("author", 'a', "Author (e.g., \"John Hannibal Smith <hannibal@a-team.com>\")");
        _changes = Flags.List("change", 'c', "Apply Dockerfile instruction to the created image");
        _message = Flags.Text("message", 'm', "Commit message");
        _pause = Flags.Switch("pause", 'p', "Pause container during commit", start: true);
    }

    public override string Usage => "commit [OPTIONS] CONTAINER [REPOSITORY[:TAG]]";

    public override string Summary => "Create a new image from a container's changes";

    public override ArgumentCount Arguments => new(1, 2);

    public override IReadOnlyList<string> Aliases => ["container commit", "commit"];

    public override IReadOnlyList<string> Examples => ["boreal commit web web:patched", "boreal commit -c 'CMD [\"sh\"]' box tools"];

    public override string ArgumentNoun => "container";

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var (repository, tag) = arguments.Count > 1 ? ImageNames.Split(arguments[1]) : ("", "");
        var id = await context.Client.Containers.CommitAsync(
            new CommitQuery
            {
                Container = arguments[0],
                Repository = repository,
                Tag = tag,
                Comment = _message.Value,
                Author = _author.Value,
                Changes = _changes.Values,
                Pause = _pause.Value,
            },
            cancellationToken);
        await context.Out.WriteLineAsync(id);
        return ExitCodes.Success;
    }
}
