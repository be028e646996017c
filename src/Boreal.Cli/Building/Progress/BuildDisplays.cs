using Boreal.Cli.Session;

namespace Boreal.Cli.Building.Progress;

/// <summary>The displays by the names that <c>--progress</c> knows.</summary>
internal static class BuildDisplays
{
    private const ushort Rows = 24;
    private const ushort Columns = 80;

    /// <exception cref="FormatException">There is no such display.</exception>
    public static IBuildDisplay Create(CliContext context, string name, bool isQuiet) => (isQuiet ? "quiet" : name) switch
    {
        "quiet" or "none" => new QuietDisplay(context.Error),
        "rawjson" => new RawJsonDisplay(context.ErrorStream),
        "plain" => Plain(context),
        "tty" => Tree(context),
        "auto" or "" => context.Terminal.ErrorIsTerminal ? Tree(context) : Plain(context),
        _ => throw new FormatException($"unknown progress {name}: known are auto, plain, tty, quiet and rawjson"),
    };

    private static PlainDisplay Plain(CliContext context) => new(Buffered(context), context.Clock);

    private static TreeDisplay Tree(CliContext context) => new(Buffered(context), context.Clock, () => context.Terminal.ErrorSize is { Rows: > 0, Columns: > 0 } size ? size : (Rows, Columns));

    private static StreamWriter Buffered(CliContext context) => new(context.ErrorStream, new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 16 * 1024, leaveOpen: true) { NewLine = "\n" };
}
