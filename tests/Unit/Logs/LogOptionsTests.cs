using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
using Boreal.Engine.Logs;

namespace Boreal.Tests.Unit.Logs;

public sealed class LogOptionsTests
{
    [Theory]
    [InlineData("json-file", "foo", "1", "unknown log opt 'foo' for json-file log driver")]
    [InlineData("local", "labels", "1", "unknown log opt 'labels' for log driver local")]
    [InlineData("json-file", "mode", "bad", "logger: logging mode not supported: bad")]
    [InlineData("json-file", "max-buffer-size", "1m", "logger: max-buffer-size option is only supported with 'mode=non-blocking'")]
    public void Check_OfWrongOption_SaysItInDockersWords(string driver, string name, string value, string message)
    {
        var failure = Assert.Throws<EngineException>(() => LogOptions.Check(new LogSpec(driver, new Dictionary<string, string> { [name] = value })));

        Assert.Equal((ErrorKind.Invalid, message), (failure.Kind, failure.Message));
    }
}
