using Boreal.Daemon.Http;
using Boreal.Engine.Errors;

namespace Boreal.Tests.Unit.Daemon.Http;

public sealed class ErrorMappingTests
{
    [Fact]
    public void StatusOf_EveryKind_IsDockers()
    {
        var statuses = Enum.GetValues<ErrorKind>().ToDictionary(kind => kind, ErrorMapping.StatusOf);

        Assert.Equal(
            new Dictionary<ErrorKind, int>
            {
                [ErrorKind.NotFound] = 404, [ErrorKind.Conflict] = 409, [ErrorKind.Invalid] = 400, [ErrorKind.Unauthorized] = 401,
                [ErrorKind.Forbidden] = 403, [ErrorKind.Unavailable] = 503, [ErrorKind.NotImplemented] = 501, [ErrorKind.Internal] = 500, [ErrorKind.Remote] = 500,
            },
            statuses);
    }
}
