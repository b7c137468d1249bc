// Says before a long upload that a file is too large: the server would refuse it only at its end.
const form = document.querySelector("form[data-most]");
const most = Number(form.dataset.most);

const check = () => {
  let sum = 0;
  for (const field of form.querySelectorAll("input[type=file]")) {
    const size = field.files[0]?.size ?? 0;
    sum += size;
    field.setCustomValidity(size && sum > most ? form.dataset.tooLarge : "");
  }
  return form.reportValidity();
};

form.addEventListener("change", check);
form.addEventListener("submit", (event) => {
  if (!check()) event.preventDefault();
});
