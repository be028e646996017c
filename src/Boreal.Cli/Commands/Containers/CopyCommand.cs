using System.IO.Pipelines;
using Boreal.Client.Containers;
using Boreal.Client.Errors;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Copying;
using Boreal.Cli.Output;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Containers;

internal sealed class CopyCommand : Command
{
    private readonly ValueFlag<bool> _archive;
    private readonly ValueFlag<bool> _followLink;
    private readonly ValueFlag<bool> _quiet;

    public CopyCommand()
    {
        _archive = Flags.Switch("archive", 'a', "Archive mode (copy all uid/gid information)");
        _followLink = Flags.Switch("follow-link", 'L', "Always follow symbol link in SRC_PATH");
        _quiet = Flags.Switch("quiet", 'q', "Suppress progress output during copy. Progress output is automatically suppressed if no terminal is attached");
    }

    public override string Usage => "cp [OPTIONS] CONTAINER:SRC_PATH DEST_PATH|- | SRC_PATH|- CONTAINER:DEST_PATH";

    public override string Summary => "Copy files/folders between a container and the local filesystem";

    public override ArgumentCount Arguments => ArgumentCount.Exactly(2);

    public override IReadOnlyList<string> Aliases => ["container cp", "cp"];

    public override IReadOnlyList<string> Examples =>
        ["boreal cp web:/etc/nginx.conf .", "boreal cp site/. web:/srv", "tar -c . | boreal cp - web:/srv", "boreal cp web:/srv - | tar -t"];

    public override string ArgumentNoun => "container";

    public override async Task<int> RunAsync(CliContext context, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        if (arguments[0].Length is 0) throw new CommandFailedException("source can not be empty");
        if (arguments[1].Length is 0) throw new CommandFailedException("destination can not be empty");
        var (from, to) = (CopyTarget.Parse(arguments[0]), CopyTarget.Parse(arguments[1]));
        if (!from.IsLocal && !to.IsLocal) throw new CommandFailedException("copying between containers is not supported");
        if (from.IsLocal && to.IsLocal) throw new CommandFailedException("must specify at least one container source");
        var copied = from.IsLocal ? await UploadAsync(context, from.Path, to, cancellationToken) : await DownloadAsync(context, from, to.Path, cancellationToken);
        if (!_quiet.Value && context.Terminal.OutputIsTerminal && arguments[1] is not "-")
            await context.Error.WriteLineAsync($"Successfully copied {Units.Size(copied, 3)} to {(to.IsLocal ? to.Path : arguments[1])}");
        return ExitCodes.Success;
    }

    private async Task<long> DownloadAsync(CliContext context, CopyTarget from, string destination, CancellationToken cancellationToken)
    {
        var source = CopyPaths.Absolute(from.Path, "/");
        if (destination is not "-") destination = CopyPaths.Absolute(destination, Directory.GetCurrentDirectory());
        if (_followLink.Value) source = await FollowAsync(context, from.Container, source, cancellationToken);
        var (tar, stat) = await context.Client.Archives.DownloadAsync(from.Container, source, cancellationToken);
        await using (tar)
        {
            if (destination is "-")
            {
                await tar.Content.CopyToAsync(context.OutStream, cancellationToken);
                return 0;
            }

            bool? isDirectory = Directory.Exists(destination) ? true : File.Exists(destination) ? false : null;
            var plan = CopyPlan.Make(source, stat.IsDirectory, destination, isDirectory);
            if (_followLink.Value && plan.NewName is null && CopyPaths.Split(CopyPaths.Absolute(from.Path, "/")).Name is var asked && asked != plan.SourceName && asked is not ".")
                plan = plan with { NewName = asked };
            var extraction = new LocalExtraction(plan);
            await extraction.RunAsync(tar.Content, cancellationToken);
            return extraction.Copied;
        }
    }

    private async Task<long> UploadAsync(CliContext context, string path, CopyTarget to, CancellationToken cancellationToken)
    {
        var destination = CopyPaths.Absolute(to.Path, "/");
        var stat = await StatAsync(context, to.Container, destination, cancellationToken);
        if (stat is { IsSymbolicLink: true })
        {
            destination = stat.LinkTarget.StartsWith('/') ? stat.LinkTarget : CopyPaths.Clean($"{CopyPaths.Split(destination).Directory}/{stat.LinkTarget}");
            stat = await StatAsync(context, to.Container, destination, cancellationToken);
        }

        if (path is "-")
        {
            if (stat is not { IsDirectory: true }) throw new CommandFailedException($"destination \"{to.Container}:{to.Path}\" must be a directory");
            await context.Client.Archives.UploadAsync(to.Container, destination, context.InStream, keepKinds: true, _archive.Value, cancellationToken);
            return 0;
        }

        var source = CopyPaths.Absolute(path, Directory.GetCurrentDirectory());
        var real = Resolve(source, path);
        var isDirectory = new FileInfo(real).LinkTarget is null && Directory.Exists(real);
        var plan = CopyPlan.Make(source, isDirectory, destination, stat?.IsDirectory);
        return await SendAsync(context, to.Container, real, plan, cancellationToken);
    }

    private async Task<long> SendAsync(CliContext context, string container, string path, CopyPlan plan, CancellationToken cancellationToken)
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1024 * 1024, resumeWriterThreshold: 512 * 1024));
        long copied = 0;
        var writing = WriteAsync();
        await using var tar = pipe.Reader.AsStream();
        await context.Client.Archives.UploadAsync(container, plan.Directory, tar, keepKinds: true, _archive.Value, cancellationToken);
        await writing;
        return copied;

        async Task WriteAsync()
        {
            try
            {
                await LocalTar.WriteAsync(pipe.Writer.AsStream(leaveOpen: true), path, plan.NewName ?? plan.SourceName, count => copied += count, cancellationToken);
                await pipe.Writer.CompleteAsync();
            }
            catch (Exception problem)
            {
                // The reader fails with the same problem, which stops the upload.
                await pipe.Writer.CompleteAsync(problem);
            }
        }
    }

    /// <summary>The path whose content is sent: behind the link where that is asked for or the path says directory.</summary>
    private string Resolve(string source, string asWritten)
    {
        var clean = source.Length > 1 ? CopyPaths.Clean(source) : source;
        var file = new FileInfo(clean);
        if (file.LinkTarget is null && !file.Exists && !Directory.Exists(clean)) throw new CommandFailedException($"lstat {asWritten}: no such file or directory");
        if (file.LinkTarget is null || !(_followLink.Value || CopyPaths.AssertsDirectory(source))) return clean;
        return file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? clean;
    }

    private static async Task<string> FollowAsync(CliContext context, string container, string source, CancellationToken cancellationToken)
    {
        var stat = await StatAsync(context, container, source, cancellationToken);
        if (stat is not { IsSymbolicLink: true }) return source;
        return stat.LinkTarget.StartsWith('/') ? stat.LinkTarget : CopyPaths.Clean($"{CopyPaths.Split(source).Directory}/{stat.LinkTarget}");
    }

    private static async Task<PathStat?> StatAsync(CliContext context, string container, string path, CancellationToken cancellationToken)
    {
        try
        {
            return await context.Client.Archives.StatAsync(container, path, cancellationToken);
        }
        catch (ApiException problem) when (problem.Status is 404)
        {
            return null; // The upload will say if the container itself is missing.
        }
    }
}
