using System.Runtime.InteropServices;
using Boreal.Cli.Building;
using Boreal.Cli.Building.Offers;
using Boreal.Cli.Building.Orders;
using Boreal.Cli.Building.Progress;
using Boreal.Cli.Building.Results;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Output;
using Boreal.Cli.Session;
using Boreal.Oci.References;
using Grpc.Core;

namespace Boreal.Cli.Commands.Builds;

internal sealed class BuildCommand : Command
{
    private readonly BuildInputFlags _input;
    private readonly BuildRunFlags _run;
    private readonly BuildOutputFlags _output;
    private readonly IgnoredBuildFlags _ignored;

    public BuildCommand()
    {
        _input = new BuildInputFlags(Flags);
        _run = new BuildRunFlags(Flags);
        _output = new BuildOutputFlags(Flags);
        _ignored = new IgnoredBuildFlags(Flags);
    }

    public override string Usage => "build [OPTIONS] PATH | URL | -";

    public override string Summary => "Build an image from a Dockerfile";

    public override ArgumentCount Arguments => ArgumentCount.Exactly(1);

    public override IReadOnlyList<string> Aliases => ["image build", "builder build", "build"];

    public override IReadOnlyList<string> Examples =>
    [
        "boreal build -t web .                                  the Dockerfile of this folder",
        "boreal build -t web -f deploy/Dockerfile --target api . one stage of another file",
        "boreal build --secret id=token,env=TOKEN --ssh default . what RUN --mount may use",
        "boreal build -o out .                                  the files, not an image",
        "boreal build --check .                                 what could be better",
        "git archive HEAD | boreal build -                      an archive on standard input",
        "boreal build https://git.example.com/team/web.git#v1:app  a folder of a repository",
    ];

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        foreach (var warning in _ignored.Warnings) await context.Error.WriteLineAsync(warning);
        // The build is ended in order: the daemon is told, what it did is shown.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var interrupted = OnSignal(PosixSignal.SIGINT, stop);
        using var terminated = OnSignal(PosixSignal.SIGTERM, stop);
        var order = await MarkedAsync(() => new OrderReader(_input, _run, _output).ReadAsync(context, arguments[0], stop.Token));
        await using var keys = await MarkedAsync(() => KeyAgents.StartAsync(order.Offer, context.Clock, stop.Token));
        return _output.Check.Value || _output.Call.Value is not ("" or "build")
            ? await CallAsync(context, order, stop.Token)
            : await BuildAsync(context, order, stop.Token);
    }

    private static async Task<T> MarkedAsync<T>(Func<Task<T>> preparation)
    {
        try
        {
            return await preparation();
        }
        catch (Exception problem) when (problem is FormatException or CommandFailedException)
        {
            throw new CommandFailedException($"ERROR: {problem.Message}");
        }
    }

    private static PosixSignalRegistration OnSignal(PosixSignal signal, CancellationTokenSource stop) => PosixSignalRegistration.Create(signal, received =>
    {
        // A second one ends the process as usual.
        received.Cancel = !stop.IsCancellationRequested;
        stop.Cancel();
    });

    private async Task<int> BuildAsync(CliContext context, BuildOrder order, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, string> answer;
        BuildRun run;
        await using (var display = BuildDisplays.Create(context, _output.Progress.Value, _output.Quiet.Value))
        {
            run = new BuildRun(context, order, display);
            answer = await ShownAsync(display, () => run.RunAsync(cancellationToken));
        }

        LocalCaches.Complete(order, answer.GetValueOrDefault("cache.manifest"));
        foreach (var export in order.Exports.Where(export => export.IsPushed)) await PushAsync(context, export, cancellationToken);
        if (_output.IdFile.Value.Length > 0) await File.WriteAllTextAsync(_output.IdFile.Value, ImageKeys.IdOf(answer), cancellationToken);
        if (_output.MetadataFile.Value.Length > 0) MetadataFile.Write(_output.MetadataFile.Value, run.Reference, answer);
        if (_output.Quiet.Value && ImageKeys.IdOf(answer) is { Length: > 0 } id) await context.Out.WriteLineAsync(id);
        return ExitCodes.Success;
    }

    private async Task<int> CallAsync(CliContext context, BuildOrder order, CancellationToken cancellationToken)
    {
        var method = _output.Check.Value ? "check" : _output.Call.Value;
        // Only a failure is worth showing: what is asked for comes on standard output.
        await using var display = BuildDisplays.Create(context, _output.Progress.Value, isQuiet: true);
        var call = new FrontendCall(context, order, display);
        var result = await ShownAsync(display, () => call.RunAsync(method, cancellationToken));
        await context.Out.WriteAsync(result.Text);
        return result.HasFindings ? ExitCodes.Failure : ExitCodes.Success;
    }

    private static async Task<T> ShownAsync<T>(IBuildDisplay display, Func<Task<T>> work)
    {
        var hasFailed = true;
        try
        {
            var result = await work();
            hasFailed = false;
            display.Complete(hasFailed);
            return result;
        }
        catch (RpcException failure)
        {
            display.Complete(hasFailed);
            throw new CommandFailedException(BuildFailure.Describe(failure));
        }
        catch (CommandFailedException problem)
        {
            throw new CommandFailedException($"ERROR: {problem.Message}");
        }
        catch (OperationCanceledException)
        {
            display.Complete(hasFailed);
            throw new CommandFailedException("ERROR: failed to solve: Canceled: context canceled", ExitCodes.SignalOffset + Boreal.Linux.Processes.Signals.Interrupt);
        }
    }

    private async Task PushAsync(CliContext context, ExportOrder export, CancellationToken cancellationToken)
    {
        foreach (var name in export.Attributes.GetValueOrDefault("name", "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var image = ImageReference.Parse(name).WithDefaultTag();
            var auth = await context.Credentials.ForImageAsync(image, context.Error);
            if (!_output.Quiet.Value) await context.Error.WriteLineAsync($"pushing {image.Familiar}");
            await using var push = await context.Client.Images.PushAsync(image.FamiliarName, image.Tag ?? "", auth, cancellationToken);
            if (_output.Quiet.Value) await ProgressCheck.DrainAsync(push.Content, cancellationToken);
            else await new ProgressDisplay(context, toError: true).ShowAsync(push.Content, cancellationToken);
        }
    }
}
