using Boreal.Engine.Errors;
using Grpc.Core;

namespace Boreal.Daemon.Rpc;

/// <summary>Which gRPC code each kind of failure is.</summary>
internal static class RpcErrorMapping
{
    public static StatusCode CodeOf(ErrorKind kind) => kind switch
    {
        ErrorKind.NotFound => StatusCode.NotFound,
        ErrorKind.Conflict => StatusCode.FailedPrecondition,
        ErrorKind.Invalid => StatusCode.InvalidArgument,
        ErrorKind.Unauthorized => StatusCode.Unauthenticated,
        ErrorKind.Forbidden => StatusCode.PermissionDenied,
        ErrorKind.Unavailable => StatusCode.Unavailable,
        ErrorKind.NotImplemented => StatusCode.Unimplemented,
        _ => StatusCode.Unknown,
    };
}
