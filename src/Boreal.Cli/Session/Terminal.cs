using Boreal.Linux.Descriptors;
using Boreal.Linux.Terminals;

namespace Boreal.Cli.Session;

/// <summary>This process's standard streams as terminals.</summary>
internal sealed class Terminal
{
    private const int DefaultWidth = 80;

    private readonly FileDescriptor _input = FileDescriptor.Borrow(0);
    private readonly FileDescriptor _output = FileDescriptor.Borrow(1);
    private readonly FileDescriptor _error = FileDescriptor.Borrow(2);

    private Terminal()
    {
        Input = new DescriptorStream(_input);
        Output = new DescriptorStream(_output);
        Error = new DescriptorStream(_error);
    }

    /// <summary>The one there is.</summary>
    public static Terminal Standard { get; } = new();

    public Stream Input { get; }

    public Stream Output { get; }

    public Stream Error { get; }

    public bool InputIsTerminal => TerminalMode.IsTerminal(_input);

    public bool OutputIsTerminal => TerminalMode.IsTerminal(_output);

    public bool ErrorIsTerminal => TerminalMode.IsTerminal(_error);

    /// <summary>Columns to lay text out in; 80 when output goes elsewhere.</summary>
    public int Width => Size is { Columns: > 0 } size ? size.Columns : DefaultWidth;

    /// <summary>The output terminal's size; null when output is no terminal.</summary>
    public (ushort Rows, ushort Columns)? Size => OutputIsTerminal ? WindowSize.Read(_output) : null;

    /// <summary>The error terminal's size; null when errors go elsewhere.</summary>
    public (ushort Rows, ushort Columns)? ErrorSize => ErrorIsTerminal ? WindowSize.Read(_error) : null;

    /// <summary>What is typed does not show; the action ends that.</summary>
    public Action SilenceInput() => TerminalMode.Silence(_input);

    /// <summary>Keys go to the container as they are typed; the action ends that.</summary>
    public Action MakeInputRaw() => TerminalMode.MakeRaw(_input);
}
