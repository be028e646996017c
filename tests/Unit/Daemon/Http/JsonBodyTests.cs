using System.Text;
using Boreal.Daemon.Http;
using Boreal.Engine.Errors;

namespace Boreal.Tests.Unit.Daemon.Http;

public sealed class JsonBodyTests
{
    [Theory]
    [InlineData("", "invalid JSON: got EOF while reading request body")]
    [InlineData(" \n", "invalid JSON: got EOF while reading request body")]
    [InlineData("{", "invalid JSON: unexpected EOF")]
    [InlineData("""{"message":"a"} {}""", "unexpected content after JSON")]
    [InlineData("""{"message":"a"}x""", "unexpected content after JSON")]
    public void Parse_NotOneValue_IsRefusedInDockersWords(string body, string message)
    {
        var refused = Assert.Throws<EngineException>(() => Parse(body));

        Assert.Equal((ErrorKind.Invalid, message), (refused.Kind, refused.Message));
    }

    [Theory]
    [InlineData("xx")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("""{"message":1}""")]
    public void Parse_OfTheWrongShape_IsInvalidJson(string body) =>
        Assert.StartsWith("invalid JSON: ", Assert.Throws<EngineException>(() => Parse(body)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"message":"a"}""", "a")]
    [InlineData("  {\"message\":\"a\",\"other\":[{}]}\n", "a")]
    [InlineData("null", null)]
    public void Parse_OneValue_IsRead(string body, string? message) => Assert.Equal(message, Parse(body)?.Message);

    private static ErrorAnswer? Parse(string body) => JsonBody.Parse(Encoding.UTF8.GetBytes(body), DoorJsonContext.Default.ErrorAnswer);
}
