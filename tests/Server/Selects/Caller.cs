namespace IoTNet.Tests.Server;

/// <summary>Calls a delegate.</summary>
internal sealed class Caller(Action<SelectEvent> action) : ISelectCaller
{
    public void OnSelect(SelectEvent selected) => action(selected);
}
