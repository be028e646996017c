using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Threading.Channels;
using Boreal.Api.Images;
using Boreal.Build.Builds;
using Boreal.Daemon.Http;
using Boreal.Engine.Errors;
using Boreal.Engine.Images;
using Boreal.Engine.Transfers;

namespace Boreal.Daemon.Endpoints.Images;

/// <summary>An answer of progress messages, one per line. The first one sends the head: failures before are real ones, later ones are in the stream.</summary>
internal sealed class ProgressAnswer(HttpContext context)
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private const int MostUnread = 256;

    private readonly Channel<ProgressMessage> _messages = Channel.CreateUnbounded<ProgressMessage>();

    public void Send(ProgressMessage message) => _messages.Writer.TryWrite(message);

    /// <summary>For what the next message outdates: left out while the client does not read.</summary>
    public void SendPassing(ProgressMessage message)
    {
        if (_messages.Reader.Count < MostUnread)
            Send(message);
    }

    /// <summary>Runs <paramref name="work"/> while its messages go out.</summary>
    public async Task RunAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        var running = CompleteAfterAsync(work);
        await foreach (var message in _messages.Reader.ReadAllAsync(cancellationToken))
            await WriteAsync(message, cancellationToken);
        try
        {
            await running;
        }
        catch (Exception exception) when (context.Response.HasStarted && exception is not OperationCanceledException)
        {
            var code = (exception.InnerException as BuildException)?.ExitCode ?? 0;
            await WriteAsync(new ProgressMessage { ErrorDetail = new ProgressError { Code = code, Message = exception.Message }, Error = exception.Message }, cancellationToken);
        }
    }

    private async Task CompleteAfterAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        finally
        {
            _messages.Writer.Complete();
        }
    }

    private async Task WriteAsync(ProgressMessage message, CancellationToken cancellationToken)
    {
        if (!context.Response.HasStarted)
            await context.StartStreamAsync("application/json", cancellationToken);
        using (var writer = new Utf8JsonWriter(context.Response.BodyWriter, WriterOptions))
            JsonSerializer.Serialize(writer, message, ImagesJsonContext.Default.ProgressMessage);
        "\r\n"u8.CopyTo(context.Response.BodyWriter.GetSpan(2));
        context.Response.BodyWriter.Advance(2);
        await context.Response.BodyWriter.FlushAsync(cancellationToken);
    }

    /// <summary>A load's news as Docker words it.</summary>
    public static ProgressMessage FromNotice(ImageNotice notice) => notice.Text is { } text
        ? new ProgressMessage { Stream = text }
        : new ProgressMessage
        {
            Status = "Loading layer",
            ProgressDetail = new ProgressDetail { Current = notice.Current, Total = notice.Total },
            Progress = Bar(notice.Current, notice.Total),
            Id = notice.LayerId,
        };

    /// <summary>News of a pull or push.</summary>
    public void Send(TransferNotice notice)
    {
        var message = new ProgressMessage
        {
            Status = notice.Status.Length == 0 ? null : notice.Status,
            Id = notice.Id,
            ProgressDetail = notice.Current is { } current ? new ProgressDetail { Current = current, Total = notice.Total } : notice.IsLayer || notice.Pushed is not null ? new ProgressDetail() : null,
            Progress = notice.Current is { } done ? Bar(done, notice.Total) : null,
            Aux = notice.Pushed is { } pushed ? new ProgressAux { Tag = pushed.Tag, Digest = pushed.Digest.Value, Size = pushed.Size } : null,
        };
        if (notice.Current is null)
            Send(message);
        else
            SendPassing(message);
    }

    /// <summary>What a failed upload or archive says; kinds decide the status while there still is one.</summary>
    public static Exception Translate(Exception exception) =>
        exception is EngineException or OperationCanceledException ? exception : new EngineException(ErrorKind.Internal, exception.Message, exception);

    private static string Bar(long current, long total)
    {
        var filled = total <= 0 ? 0 : (int)Math.Min(50, current * 50 / total);
        return $"[{new string('=', filled)}>{new string(' ', 50 - filled)}] {Size(current),8}/{Size(total)}";
    }

    // Four significant digits in steps of a thousand.
    private static string Size(long bytes)
    {
        string[] units = ["B", "kB", "MB", "GB", "TB", "PB"];
        double value = bytes;
        var unit = 0;
        for (; value >= 1000 && unit < units.Length - 1; unit++)
            value /= 1000;
        var digits = value >= 1000 ? 0 : value >= 100 ? 1 : value >= 10 ? 2 : 3;
        return Math.Round(value, digits).ToString("0.###", CultureInfo.InvariantCulture) + units[unit];
    }
}
