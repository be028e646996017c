using Boreal.Daemon.Http;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;

namespace Boreal.Daemon.Endpoints.Containers;

/// <summary>The parameters of a resize.</summary>
internal static class TerminalSize
{
    public static ConsoleSize Read(HttpContext context) => new(Required(context, "h"), Required(context, "w"));

    private static uint Required(HttpContext context, string name)
    {
        var text = context.QueryText(name);
        return context.QueryInt(name) is >= 0 and var value
            ? (uint)value
            : throw new EngineException(ErrorKind.Invalid, $"strconv.Atoi: parsing \"{text}\": invalid syntax");
    }
}
