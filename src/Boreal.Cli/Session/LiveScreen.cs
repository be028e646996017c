using System.Runtime.InteropServices;

namespace Boreal.Cli.Session;

/// <summary>The terminal as a page that is written over again and again, until q or Ctrl-C; then what was there before is back.</summary>
internal sealed class LiveScreen : IAsyncDisposable
{
    private const string Enter = "\u001b[?1049h\u001b[?25l";
    private const string Leave = "\u001b[?25h\u001b[?1049l";
    private const byte Interrupt = 3;

    private readonly CliContext _context;
    private readonly CancellationTokenSource _left;
    private readonly List<PosixSignalRegistration> _signals = [];
    private readonly Action? _restoreInput;

    private LiveScreen(CliContext context, CancellationToken cancellationToken)
    {
        _context = context;
        _left = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP])
        {
            _signals.Add(PosixSignalRegistration.Create(signal, received =>
            {
                received.Cancel = true;
                _left.Cancel();
            }));
        }
        if (!context.Terminal.InputIsTerminal)
            return;
        _restoreInput = context.Terminal.MakeInputRaw();
        // Ends with the process: a read of a terminal cannot be called off.
        new Thread(ReadKeys) { IsBackground = true }.Start();
    }

    /// <summary>Cancelled when the person leaves.</summary>
    public CancellationToken Left => _left.Token;

    public static async Task<LiveScreen> OpenAsync(CliContext context, CancellationToken cancellationToken)
    {
        var screen = new LiveScreen(context, cancellationToken);
        await context.Out.WriteAsync(Enter);
        return screen;
    }

    /// <summary>The text, so that it takes the place of the page before.</summary>
    public static string Frame(string text) => "\u001b[H" + text.Replace("\n", "\u001b[K\n", StringComparison.Ordinal) + "\u001b[J";

    public async ValueTask DisposeAsync()
    {
        await _context.Out.WriteAsync(Leave);
        await _context.Out.FlushAsync();
        _restoreInput?.Invoke();
        _signals.ForEach(signal => signal.Dispose());
    }

    private void ReadKeys()
    {
        Span<byte> keys = stackalloc byte[16];
        int count;
        do
        {
            count = _context.Terminal.Input.Read(keys);
        }
        while (count > 0 && keys[..count].IndexOfAny((byte)'q', (byte)'Q', Interrupt) < 0);
        _left.Cancel();
    }
}
