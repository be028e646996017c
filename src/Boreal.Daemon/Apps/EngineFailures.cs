using Boreal.Engine.Errors;
using Boreal.Orchestrator.Errors;

namespace Boreal.Daemon.Apps;

/// <summary>The engine's failures as the orchestrator knows them, and the orchestrator's as the door does.</summary>
internal static class EngineFailures
{
    public static async Task<T> TellAsync<T>(Func<Task<T>> verb)
    {
        try
        {
            return await verb();
        }
        catch (EngineException exception)
        {
            throw new AppException(KindOf(exception.Kind), exception.Message, exception);
        }
    }

    public static Task TellAsync(Func<Task> verb) => TellAsync(async () =>
    {
        await verb();
        return true;
    });

    public static EngineException ToEngine(AppException exception) => new(exception.Kind switch
    {
        AppErrorKind.NotFound => ErrorKind.NotFound,
        AppErrorKind.Conflict => ErrorKind.Conflict,
        AppErrorKind.Invalid => ErrorKind.Invalid,
        AppErrorKind.Unavailable => ErrorKind.Unavailable,
        AppErrorKind.NotImplemented => ErrorKind.NotImplemented,
        AppErrorKind.Internal => ErrorKind.Internal,
        _ => throw new ArgumentOutOfRangeException(nameof(exception), exception.Kind, "no engine's kind is known for this kind of error"),
    }, exception.Message, exception);

    private static AppErrorKind KindOf(ErrorKind kind) => kind switch
    {
        ErrorKind.NotFound => AppErrorKind.NotFound,
        ErrorKind.Conflict => AppErrorKind.Conflict,
        ErrorKind.Invalid or ErrorKind.Unauthorized or ErrorKind.Forbidden => AppErrorKind.Invalid,
        ErrorKind.Unavailable or ErrorKind.Remote => AppErrorKind.Unavailable,
        ErrorKind.NotImplemented => AppErrorKind.NotImplemented,
        ErrorKind.Internal => AppErrorKind.Internal,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no orchestrator's kind is known for this kind of error"),
    };
}
