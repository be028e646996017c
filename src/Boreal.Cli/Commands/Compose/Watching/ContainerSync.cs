using System.IO.Pipelines;
using Boreal.Api.Containers;
using Boreal.Api.Execs;
using Boreal.Cli.Copying;
using Boreal.Cli.Session;

namespace Boreal.Cli.Commands.Compose.Watching;

/// <summary>Puts changed files into containers, and takes deleted ones out.</summary>
internal sealed class ContainerSync(CliContext context, WatchTrigger trigger)
{
    public async Task RunAsync(IReadOnlyList<ContainerSummary> containers, IReadOnlyList<FileChange> changes, CancellationToken cancellationToken)
    {
        foreach (var container in containers)
        {
            var gone = changes.Where(change => change.IsGone).Select(change => TargetOf(change.Path)).ToList();
            if (gone.Count > 0) await ExecAsync(container.Id, ["rm", "-rf", "--", .. gone], cancellationToken);
            foreach (var change in changes.Where(change => !change.IsGone)) await SendAsync(container.Id, change.Path, cancellationToken);
        }
    }

    public async Task ExecAsync(string container, IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        var exec = await context.Client.Execs.CreateAsync(container, new ExecCreateRequest { Cmd = command }, cancellationToken);
        await context.Client.Execs.StartDetachedAsync(exec, new ExecStartRequest { Detach = true }, cancellationToken);
    }

    private async Task SendAsync(string container, string path, CancellationToken cancellationToken)
    {
        var source = path.Length is 0 ? trigger.Path : Path.Combine(trigger.Path, path);
        if (!File.Exists(source)) return;
        var pipe = new Pipe();
        var writing = WriteAsync();
        await using var tar = pipe.Reader.AsStream();
        // From the root on, so that folders which aren't there yet are made.
        await context.Client.Archives.UploadAsync(container, "/", tar, keepKinds: false, keepOwners: false, cancellationToken);
        await writing;

        async Task WriteAsync()
        {
            try
            {
                await LocalTar.WriteAsync(pipe.Writer.AsStream(leaveOpen: true), source, TargetOf(path).TrimStart('/'), static _ => { }, cancellationToken);
                await pipe.Writer.CompleteAsync();
            }
            catch (Exception problem)
            {
                // The reader fails with the same problem, which stops the upload.
                await pipe.Writer.CompleteAsync(problem);
            }
        }
    }

    private string TargetOf(string path) => path.Length is 0 ? trigger.Target : $"{trigger.Target.TrimEnd('/')}/{path}";
}
